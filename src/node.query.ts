import type { EntityManager } from '@mikro-orm/postgresql';
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
import { findSynonym } from './search/search-synonym.query.js';
import { findSelfAudit } from './self-audit/self-audit.query.js';
import { findService } from './service/service.query.js';
import type { Context } from './shared/context.js';
import { isId } from './shared/id.js';
import type { Node } from './shared/node.js';
import { rowsOf, type Sql, sql, verbatim } from './shared/sql.js';
import { findSharingAgreement } from './sharing/sharing.query.js';
import { findTeam } from './team/team.query.js';
import { findCourse, findSession } from './training/training.query.js';
import { isSignedIn } from './viewer/viewer.rules.js';

type Finder = (ctx: Context, id: string) => Promise<Node | null>;

/** By the name of the type, which is that of its entity; in the order in which clients most often ask. */
const PUBLIC: Readonly<Record<string, Finder>> = {
  Service: findService,
  Partner: findPartner,
  Location: findLocation,
  JobOpening: findJobOpening,
  Jobcenter: findJobcenter,
  Consortium: findConsortium,
  Network: ({ em }, id) => em.findOne(Network, { id }),
  InstrumentVersion: findInstrumentVersion,
  Programme: findProgramme,
  ProgrammeRound: findProgrammeRound,
  Publication: findPublication,
  FrameworkAgreement: findAgreement,
  Accession: findAccession,
  ActionPlan: findPlan,
  PlanMeasure: findMeasure,
};

/** For those who are signed in; what is of cases lies behind policies. */
const GUARDED: Readonly<Record<string, Finder>> = {
  Referral: findReferral,
  ClientCase: findClientCase,
  Consent: findConsent,
  FundingDecision: findFundingDecision,
  AvailabilityRequest: findAvailabilityRequest,
  AvailabilityQuestion: findAvailabilityQuestion,
  Gap: findGap,
  Proposal: findProposal,
  SharingAgreement: findSharingAgreement,
  AccessibilityAssessment: findAssessment,
  AccessibilityRemedy: findRemedy,
  Team: findTeam,
  TrainingCourse: findCourse,
  TrainingSession: findSession,
  SelfAudit: findSelfAudit,
  SearchSynonym: findSynonym,
};

const ALL: Readonly<Record<string, Finder>> = { ...PUBLIC, ...GUARDED };

/** The types that `findNode` finds. */
export const NODE_TYPES: readonly string[] = Object.keys(ALL);

/**
 * Anything by its id; null for what there is not, or not for the viewer. One statement tells in which table the id is, as
 * far as policies let the viewer see; then the type's own reading decides whether she may.
 */
export async function findNode(ctx: Context, id: string): Promise<Node | null> {
  if (!isId(id)) return null;
  const type = await typeOf(ctx.em, id, Object.keys(isSignedIn(ctx.viewer) ? ALL : PUBLIC));
  return type === null ? null : ALL[type]!(ctx, id);
}

/** PostgreSQL looks no further than the first table that has it. */
async function typeOf(em: EntityManager, id: string, types: readonly string[]): Promise<string | null> {
  const tables = types.map((type): Sql => {
    const { tableName } = em.getMetadata().getByClassName(type);
    return sql`when exists (select from ${verbatim(`"${tableName}"`)} where id = ${id}::uuid) then ${type}::text`;
  });
  const whichever = tables.reduce((all, one) => sql`${all} ${one}`);
  const [row] = await rowsOf<{ type: string | null }>(em, sql`select case ${whichever} end as type`);
  return row?.type ?? null;
}
