import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { findAssessment, findRemedy } from './accessibility/accessibility.query.js';
import { findAccession } from './accession/accession.query.js';
import { findMeasure, findPlan } from './action-plan/action-plan.query.js';
import { findAvailabilityQuestion, findAvailabilityRequest } from './availability/availability.query.js';
import { findClientCase } from './client-case/client-case.query.js';
import { findConsent } from './consent/consent.query.js';
import { findConsortium } from './consortium/consortium.query.js';
import { findAgreement } from './framework-agreement/framework-agreement.query.js';
import { findFundingDecision } from './funding-decision/funding-decision.query.js';
import { findGap } from './gap/gap.query.js';
import { findInstrumentVersion } from './instrument/instrument.query.js';
import { findJobOpening } from './job-opening/job-opening.query.js';
import { findJobcenter } from './jobcenter/jobcenter.query.js';
import { findLocation } from './location/location.query.js';
import { Network } from './network/network.entity.js';
import { findPartner } from './partner/partner.query.js';
import { findProgramme, findProgrammeRound } from './programme/programme.query.js';
import { findProposal } from './proposal/proposal.query.js';
import { findPublication } from './publication/publication.query.js';
import { findReferral } from './referral/referral.query.js';
import { findSelfAudit } from './self-audit/self-audit.query.js';
import { findService } from './service/service.query.js';
import type { Context } from './shared/context.js';
import { isId } from './shared/id.js';
import { Node } from './shared/node.js';
import { findSharingAgreement } from './sharing/sharing.query.js';
import { findTeam } from './team/team.query.js';
import { findCourse, findSession } from './training/training.query.js';
import { isSignedIn } from './viewer/viewer.rules.js';

type Finder = (ctx: Context, id: string) => Promise<Node | null>;

/** In the order in which clients most often ask. */
const PUBLIC: readonly Finder[] = [
  findService,
  findPartner,
  findLocation,
  findJobOpening,
  findJobcenter,
  findConsortium,
  ({ em }, id) => em.findOne(Network, { id }),
  findInstrumentVersion,
  findProgramme,
  findProgrammeRound,
  findPublication,
  findAgreement,
  findAccession,
  findPlan,
  findMeasure,
];

/** For those who are signed in; what is of cases lies behind policies. */
const GUARDED: readonly Finder[] = [
  findReferral,
  findClientCase,
  findConsent,
  findFundingDecision,
  findAvailabilityRequest,
  findAvailabilityQuestion,
  findGap,
  findProposal,
  findSharingAgreement,
  findAssessment,
  findRemedy,
  findTeam,
  findCourse,
  findSession,
  findSelfAudit,
];

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Anything by its id; null for what there is not, or not for you.' })
  async node(@Arg('id', () => ID, { description: 'UUID.' }) id: string, @Ctx() ctx: Context): Promise<Node | null> {
    if (!isId(id)) return null;
    for (const find of isSignedIn(ctx.viewer) ? [...PUBLIC, ...GUARDED] : PUBLIC) {
      const found = await find(ctx, id);
      if (found) return found;
    }
    return null;
  }
}
