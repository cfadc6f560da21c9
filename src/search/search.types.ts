import { Field, Float, ObjectType } from 'type-graphql';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { Publication } from '../publication/publication.entity.js';
import { Service } from '../service/service.entity.js';
import { connectionOf } from '../shared/connection.js';
import './search.enums.js';
import { SearchHow } from './search-plan.rules.js';
import { SearchField } from './search-record.rules.js';

@ObjectType({ description: 'Which words of a record met which words of the query, how and where.' })
export class SearchMatch {
  @Field(() => [String], { description: 'Of the query, as typed; several for a phrase such as "Hartz 4".' })
  query!: readonly string[];

  @Field(() => [String], { description: 'Of the record, as they stand there.' })
  words!: readonly string[];

  @Field(() => SearchHow, { description: 'How they met.' })
  how!: SearchHow;

  @Field(() => SearchField, { description: 'The weightiest field in which they did.' })
  field!: SearchField;
}

@ObjectType({ description: 'A word of the query that nobody knows, and what it was taken for.' })
export class SearchCorrection {
  @Field(() => String, { description: 'As typed.' })
  word!: string;

  @Field(() => [String], { description: 'What was searched for instead; the first is the likeliest.' })
  meant!: readonly string[];
}

@ObjectType({
  description: 'A record that meets a query: exactly one of partner, service, job opening and publication is there.',
})
export class SearchHit {
  @Field(() => Partner, { nullable: true, description: 'The partner that was found.' })
  partner!: Partner | null;

  @Field(() => Service, { nullable: true, description: 'The service that was found.' })
  service!: Service | null;

  @Field(() => JobOpening, { nullable: true, description: 'The job opening that was found.' })
  jobOpening!: JobOpening | null;

  @Field(() => Publication, { nullable: true, description: 'The publication that was found.' })
  publication!: Publication | null;

  @Field(() => Float, {
    description: '0 to 1, best first: how the words were met, and where. Those that are equally good come by name.',
  })
  score!: number;

  /** Whole, as the order has it. */
  rank!: number;

  /** Of the record. */
  id!: string;
  name!: string;

  /** Of the whole page, read when it is first asked for. */
  explain!: () => Promise<SearchMatch[]>;
}

export const SearchHitConnection = connectionOf(SearchHit, 'search');
export type SearchHitConnection = InstanceType<typeof SearchHitConnection>;

/** A page with what was made of the query. */
export type SearchPage = SearchHitConnection & {
  asked: string;
  slips: readonly SearchCorrection[];
};
