import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { findJobOpening } from '../job-opening/job-opening.query.js';
import { JobOpeningPayload } from '../job-opening/job-opening-payload.type.js';
import { FieldGroup, RecordName } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { confirmRecord } from './confirmation.actions.js';
import { GroupFreshness } from './confirmation.types.js';
import { groupsOfRecord } from './confirmation-groups.query.js';

@Resolver(() => JobOpening)
export class JobOpeningConfirmationResolver {
  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => JobOpeningPayload, {
    description: 'What is said of the job opening is still right; nothing is edited. For whoever may edit it.',
  })
  jobOpeningConfirm(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Arg('groups', () => [FieldGroup], { nullable: true, description: 'Of these groups; all when left out.' })
    groups: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<JobOpeningPayload> {
    return payload(
      'jobOpening',
      confirmRecord(ctx, RecordName.JOB_OPENING, id, groups).then(key => findJobOpening(ctx, key)),
    );
  }

  @FieldResolver(() => [GroupFreshness], {
    description: 'How fresh each group of its fields is. `confirmedAt` of the record is the oldest of them.',
  })
  confirmations(@Root() opening: JobOpening, @Ctx() ctx: Context): Promise<GroupFreshness[]> {
    return groupsOfRecord(ctx, RecordName.JOB_OPENING, opening);
  }
}
