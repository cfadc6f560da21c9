import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import { Programme } from '../programme/programme.entity.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { addPublication, editPublication } from './publication.actions.js';
import { Publication } from './publication.entity.js';
import { PublicationConnection, PublicationInput, PublicationsArgs } from './publication.inputs.js';
import { findPublication, publicationPage, publicationsOfProgramme } from './publication.query.js';

@ObjectType({ description: 'Answer to an edit of a publication.' })
export class PublicationPayload extends MutationPayload {
  @Field(() => Publication, { nullable: true, description: 'As it stands now; null when refused.' })
  publication?: Publication | null;
}

@Resolver(() => Publication)
export class PublicationResolver {
  @Query(() => PublicationConnection, {
    description:
      'What networks found out and made, newest first, or where something was typed best first; for everybody, so that others can use it.',
  })
  publications(
    @Args(() => PublicationsArgs) args: PublicationsArgs,
    @Ctx() ctx: Context,
  ): Promise<PublicationConnection> {
    return publicationPage(ctx, args);
  }

  @Query(() => Publication, { nullable: true, description: 'One publication.' })
  publication(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Publication | null> {
    return findPublication(ctx, id);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PublicationPayload, { description: 'A new publication. For coordinators of the network.' })
  publicationAdd(
    @Arg('network', () => String, { description: 'Slug of a network that you coordinate.' }) network: string,
    @Arg('input', () => PublicationInput, { description: 'What it is.' }) input: PublicationInput,
    @Ctx() ctx: Context,
  ): Promise<PublicationPayload> {
    return payload(
      'publication',
      addPublication(ctx, network, input).then(id => findPublication(ctx, id)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PublicationPayload, {
    description: 'Edits a publication, or takes it back. For coordinators of the network.',
  })
  publicationEdit(
    @Arg('id', () => ID, { description: 'Which publication.' }) id: string,
    @Arg('input', () => PublicationInput, { description: 'What changes.' }) input: PublicationInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<PublicationPayload> {
    return payload(
      'publication',
      editPublication(ctx, id, input, expectedVersion).then(key => findPublication(ctx, key)),
    );
  }

  @FieldResolver(() => Network, { description: 'Whose it is.' })
  network(@Root() { network }: Publication): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => Programme, {
    nullable: true,
    description: 'The programme that it comes from, if that is published.',
  })
  programme(@Root() { programme }: Publication, @Ctx() { loaders }: Context): Promise<Programme | null> | null {
    return programme ? loaders.visibleProgramme.load(programme.id) : null;
  }

  @FieldResolver(() => [Need], { description: 'The needs that it is about.' })
  async needs(@Root() { needs }: Publication, @Ctx() { loaders }: Context): Promise<Need[]> {
    return [...(await loaders.needs()).values()].filter(need => needs.includes(need.code));
  }

  @FieldResolver(() => [Category], { description: 'The categories that it is about.' })
  async categories(@Root() { categories }: Publication, @Ctx() { loaders }: Context): Promise<Category[]> {
    const { byCode } = await loaders.categories();
    return categories.flatMap(code => byCode.get(code) ?? []);
  }
}

@Resolver(() => Programme)
export class ProgrammePublicationsResolver {
  @FieldResolver(() => PublicationConnection, { description: 'What came of it for others, newest first.' })
  publications(
    @Root() { id }: Programme,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<PublicationConnection> {
    return publicationsOfProgramme(ctx, id, args);
  }
}
