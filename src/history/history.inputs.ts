import { ArgsType, Field } from 'type-graphql';
import { Revision } from '../record/revision.entity.js';
import { connectionOf, PageArgs } from '../shared/connection.js';

export const RevisionConnection = connectionOf(Revision, 'revisions');
export type RevisionConnection = InstanceType<typeof RevisionConnection>;

@ArgsType()
export class HistoryArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Changes of this field alone, by its name as in the inputs.' })
  field?: string | null;
}
