import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import './proposal.enums.js';
import { Proposal } from './proposal.entity.js';
import { ProposalKind, ProposalStatus } from './proposal.rules.js';

export const ProposalConnection = connectionOf(Proposal, 'proposals');
export type ProposalConnection = InstanceType<typeof ProposalConnection>;

@InputType({
  description:
    'Which proposals. Within a list any one suffices, an empty list is as if left out; all fields must hold.',
})
export class ProposalFilter {
  @Field(() => [ProposalStatus], { nullable: true, description: 'Where they stand; all when left out.' })
  statuses?: ProposalStatus[] | null;

  @Field(() => [ProposalKind], { nullable: true, description: 'Why they wait; all when left out.' })
  kinds?: ProposalKind[] | null;

  @Field(() => ID, { nullable: true, description: 'UUID of the partner whose records they are of.' })
  partner?: string | null;
}

@ArgsType()
export class ProposalsArgs extends PageArgs {
  @Field(() => ProposalFilter, { nullable: true, description: 'All when left out.' })
  filter?: ProposalFilter | null;
}

@ArgsType()
export class NetworkProposalsArgs extends ProposalsArgs {
  @Field(() => String, { nullable: true, description: 'Slug of the network that keeps the records.' })
  network?: string | null;
}
