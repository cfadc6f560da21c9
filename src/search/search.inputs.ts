import { ArgsType, Field, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import './search.enums.js';
import { SearchKind } from './search-record.rules.js';
import { SearchSynonym } from './search-synonym.entity.js';

export const SearchSynonymConnection = connectionOf(SearchSynonym, 'searchSynonyms');
export type SearchSynonymConnection = InstanceType<typeof SearchSynonymConnection>;

@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, {
    description:
      'As people type: words, places, telephone numbers, paragraphs. All words must be met; the first ten are looked at.',
  })
  query!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Slug of the network that keeps the records; all when left out.',
  })
  network?: string | null;

  @Field(() => [SearchKind], {
    nullable: true,
    description: 'Only these are looked for; partners and services when left out.',
  })
  kinds?: SearchKind[] | null;
}

@ArgsType()
export class SearchSynonymsArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network that you coordinate.' })
  network!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'True: the groups that come with the program, which hold everywhere; otherwise those of the network.',
  })
  shipped?: boolean | null;
}

@InputType({ description: 'A group of words that mean the same in your network.' })
export class SearchSynonymInput {
  @Field(() => String, { description: 'Slug of a network that you coordinate.' })
  network!: string;

  @Field(() => [String], { description: 'Two to thirty words or phrases, of 2 to 80 characters.' })
  words!: string[];
}
