import { ArgsType, Extensions, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Publication } from './publication.entity.js';
import { LONGEST_SUMMARY, MOST_TOPICS, PublicationKind } from './publication.rules.js';

export const PublicationConnection = connectionOf(Publication, 'publications');
export type PublicationConnection = InstanceType<typeof PublicationConnection>;

@InputType({
  description:
    'Which publications. Within a list any one suffices, an empty list is as if left out; all fields must hold.',
})
export class PublicationFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'As people type: words of its title, topics, needs, categories, place or summary, in other forms, within longer words, by synonyms, with slips. All must be met; best first.',
  })
  query?: string | null;

  @Field(() => [PublicationKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: PublicationKind[] | null;

  @Field(() => [ID], { nullable: true, description: 'About one of these needs, by code.' })
  needs?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'About one of these categories or one below, by code.' })
  categories?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Of this programme, by its slug.' })
  programme?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this network, by its slug.' })
  network?: string | null;
}

@ArgsType()
export class PublicationsArgs extends PageArgs {
  @Field(() => PublicationFilter, { nullable: true, description: 'All when left out.' })
  filter?: PublicationFilter | null;
}

@InputType({
  description: 'A publication. Left out = unchanged; null = emptied, where that is allowed; lists replace.',
})
export class PublicationInput {
  @Field(() => PublicationKind, { nullable: true, description: 'What it is; needed for a new one.' })
  kind?: PublicationKind | null;

  @Field(() => String, { nullable: true, description: 'Its title; needed for a new one.' })
  title?: string | null;

  @Extensions({ maxLength: LONGEST_SUMMARY })
  @Field(() => String, { nullable: true, description: 'What it says, up to 4,000 characters.' })
  summary?: string | null;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'Where to read it, with https:// or http://.' })
  url?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Since when everybody finds it; today for a new one.' })
  publishedOn?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Of an EVENT: its day; needed there, and nowhere else.',
  })
  heldOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Of an EVENT: where.' })
  place?: string | null;

  @Extensions({ maxItems: MOST_TOPICS })
  @Field(() => [String], { nullable: true, description: 'What it is about, in words; 20 at most.' })
  topics?: string[] | null;

  @Extensions({ maxItems: MOST_TOPICS })
  @Field(() => [ID], { nullable: true, description: 'Codes of needs.' })
  needs?: string[] | null;

  @Extensions({ maxItems: MOST_TOPICS })
  @Field(() => [ID], { nullable: true, description: 'Codes of categories.' })
  categories?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The programme that it comes from, by its id, of which the network is a part.',
  })
  programme?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Taken back, or not after all.' })
  withdrawn?: boolean | null;
}
