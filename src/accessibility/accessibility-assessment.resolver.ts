import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { pastOf } from '../record/past.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import {
  AccessibilityAssessmentConnection,
  AccessibilityAssessmentInput,
  AccessibilityAssessmentsArgs,
  AccessibilityFindingInput,
} from './accessibility.inputs.js';
import { assessmentPage, findAssessment } from './accessibility.query.js';
import { AccessibilityVerdict } from './accessibility.types.js';
import {
  completeAssessment,
  discardAssessment,
  editAssessment,
  recordFindings,
  startAssessment,
} from './accessibility-assessment.actions.js';
import { AccessibilityAssessment, AccessibilityFinding } from './accessibility-assessment.entity.js';
import {
  AccessibilityAssessmentDiscardPayload,
  AccessibilityAssessmentPayload,
} from './accessibility-payloads.types.js';
import { decidedFeatures } from './accessibility-verdict.rules.js';

const WHICH = { description: 'Which assessment.' } as const;

@Resolver(() => AccessibilityAssessment)
export class AccessibilityAssessmentResolver {
  @Authorized()
  @Query(() => AccessibilityAssessmentConnection, {
    description:
      'Assessments of locations of a network of yours, newest first: all for its caseworkers and coordinators, drafts for its coordinators only; editors of a partner see those of its own locations.',
  })
  accessibilityAssessments(
    @Args(() => AccessibilityAssessmentsArgs) args: AccessibilityAssessmentsArgs,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityAssessmentConnection> {
    return assessmentPage(ctx, args);
  }

  @Authorized()
  @Query(() => AccessibilityAssessment, {
    nullable: true,
    description: 'One assessment that you may see; null for any other.',
  })
  accessibilityAssessment(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityAssessment | null> {
    return findAssessment(ctx, id);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessibilityAssessmentPayload, {
    description: 'Begins an assessment of a location, as a draft; one at a time. For coordinators of its network.',
  })
  accessibilityAssessmentStart(
    @Arg('location', () => ID, { description: 'Which location, of a Jobcenter or of any partner.' }) location: string,
    @Arg('input', () => AccessibilityAssessmentInput, { description: 'Who looks when.' })
    input: AccessibilityAssessmentInput,
    @Arg('takeOver', () => ID, {
      nullable: true,
      description: 'An earlier assessment of the same location, to begin with its findings: to look at some anew.',
    })
    takeOver: string | null,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityAssessmentPayload> {
    return payload(
      'assessment',
      startAssessment(ctx, location, input, takeOver ?? null).then(key => findAssessment(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessibilityAssessmentPayload, {
    description: "Edits who looked when, of a draft. For coordinators of its location's network.",
  })
  accessibilityAssessmentEdit(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => AccessibilityAssessmentInput, { description: 'What changes.' })
    input: AccessibilityAssessmentInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityAssessmentPayload> {
    return payload(
      'assessment',
      editAssessment(ctx, id, input, expectedVersion).then(key => findAssessment(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessibilityAssessmentPayload, {
    description:
      "Records what was found of some criteria, in place of what was found of them before; of a draft. For coordinators of its location's network.",
  })
  accessibilityFindingsRecord(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => [AccessibilityFindingInput], { description: 'What was found.' })
    input: AccessibilityFindingInput[],
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityAssessmentPayload> {
    return payload(
      'assessment',
      recordFindings(ctx, id, input, expectedVersion).then(key => findAssessment(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessibilityAssessmentPayload, {
    description:
      "Completes a draft: from now on the location's accessibility is what its latest assessment decides, and nobody edits it by hand. For coordinators of its location's network.",
  })
  accessibilityAssessmentComplete(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityAssessmentPayload> {
    return payload(
      'assessment',
      completeAssessment(ctx, id, expectedVersion).then(key => findAssessment(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessibilityAssessmentDiscardPayload, {
    description: "Discards a draft with its findings. For coordinators of its location's network.",
  })
  accessibilityAssessmentDiscard(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityAssessmentDiscardPayload> {
    return payload('discardedId', discardAssessment(ctx, id, expectedVersion));
  }

  @FieldResolver(() => Location, { description: 'Which location.' })
  location(@Root() { location }: AccessibilityAssessment): Promise<Location> {
    return location.loadOrFail();
  }

  @FieldResolver(() => [AccessibilityFinding], {
    description: 'What was found, in the order of the catalogue; a criterion that is not in the list was not assessed.',
  })
  async findings(
    @Root() { id }: AccessibilityAssessment,
    @Ctx() { loaders }: Context,
  ): Promise<AccessibilityFinding[]> {
    const [criteria, findings] = await Promise.all([
      loaders.accessibilityCriteria(),
      loaders.findingsOfAssessment.load(id),
    ]);
    const order = [...criteria.keys()];
    return [...findings].sort((a, b) => order.indexOf(a.criterion.code) - order.indexOf(b.criterion.code));
  }

  @FieldResolver(() => [AccessibilityVerdict], {
    description: 'What it decides of every feature, or would once it is completed.',
  })
  async verdicts(
    @Root() { id }: AccessibilityAssessment,
    @Ctx() { loaders }: Context,
  ): Promise<AccessibilityVerdict[]> {
    const [criteria, findings] = await Promise.all([
      loaders.accessibilityCriteria(),
      loaders.findingsOfAssessment.load(id),
    ]);
    return decidedFeatures([...criteria.values()], new Map(findings.map(one => [one.criterion.code, one.result])));
  }
}

@Resolver(() => Location)
export class LocationAssessmentResolver {
  @FieldResolver(() => AccessibilityAssessment, {
    nullable: true,
    description:
      'The latest completed assessment, from which its accessibility follows; null where there is none, for others than caseworkers and coordinators of the network and editors of the partner, and of a location of the past.',
  })
  async latestAssessment(
    @Root() location: Location,
    @Ctx() { loaders }: Context,
  ): Promise<AccessibilityAssessment | null> {
    return pastOf(location) ? null : loaders.latestAssessmentOfLocation.load(location.id);
  }
}
