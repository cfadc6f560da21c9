import { Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import type { Context } from '../shared/context.js';
import './viewer.enums.js';
import { isSignedIn, type MembershipOf, Role, type Viewer } from './viewer.rules.js';

@ObjectType('Membership', { description: 'One role of the viewer, and where it holds.' })
export class MembershipType {
  @Field(() => Role, { description: 'What she may do there.' })
  role!: Role;
}

@ObjectType('Viewer', { description: 'Who is asking.' })
export class ViewerType {
  displayName!: string;
  accountId!: string | null;
  subject!: string | null;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'Who is asking; null when nobody is signed in.' })
  viewer(@Ctx() { viewer }: Context): Viewer | null {
    return isSignedIn(viewer) ? viewer : null;
  }

  @FieldResolver(() => ID, { description: 'Of the account; of the token, where this hub has no account for it.' })
  id(@Root() viewer: Viewer): string {
    return viewer.accountId ?? viewer.subject ?? '';
  }

  @FieldResolver(() => String, { description: 'As people know her.' })
  displayName(@Root() viewer: Viewer): string {
    return viewer.displayName;
  }

  @FieldResolver(() => [MembershipType], { description: 'What the viewer may do. Read anew on every request.' })
  memberships(@Root() viewer: Viewer): readonly MembershipOf[] {
    return viewer.memberships;
  }
}

@Resolver(() => MembershipType)
export class MembershipResolver {
  @FieldResolver(() => Network, {
    nullable: true,
    description: 'Where it holds; of a partner, the network that keeps its record.',
  })
  network(@Root() { networkId }: MembershipOf, @Ctx() { em }: Context): Promise<Network> | null {
    return networkId ? em.getReference(Network, networkId, { wrapped: true }).loadOrFail() : null;
  }

  @FieldResolver(() => Partner, { nullable: true, description: 'Whose record she edits.' })
  partner(@Root() { partnerId }: MembershipOf, @Ctx() { em }: Context): Promise<Partner> | null {
    return partnerId ? em.getReference(Partner, partnerId, { wrapped: true }).loadOrFail() : null;
  }
}
