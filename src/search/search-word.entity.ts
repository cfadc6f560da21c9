import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The vocabulary of the directory: what tells a word from a slip, and what a slip may have been meant for. */
@Entity({ tableName: 'search_word' })
@Index({
  name: 'search_word_trigrams',
  expression:
    'create index search_word_trigrams on search_word using gin (word gin_trgm_ops) where written is not null',
})
export class SearchWord {
  /** Folded, or the stem or a part of one that no lexicon knows. */
  @PrimaryKey({ type: 'text', collation: 'C' })
  word!: string;

  /** As it was first written in a text, or in the name of a municipality; null of what only is a part of words. */
  @Property({ type: 'text', nullable: true })
  written!: string | null;
}
