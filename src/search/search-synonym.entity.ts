import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { moment, sortedName, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime } from '../shared/scalars.js';

@ObjectType({
  implements: Node,
  description:
    'Words and phrases that mean the same to whoever searches (Synonyme): whoever types one also finds what says another.',
})
@Entity({ tableName: 'search_synonym' })
@Check({ name: 'search_synonym_owner', expression: '(network_id is null) = (code is not null)' })
@Index({ properties: ['network', 'name', 'id'] })
@Index({
  name: 'search_synonym_keys',
  expression: 'create index search_synonym_keys on search_synonym using gin (keys) with (fastupdate = off)',
})
export class SearchSynonym extends Node {
  [OptionalProps]?: 'version' | 'createdAt' | 'updatedAt';

  @PrimaryKey(uuid())
  override id!: string;

  /** Null of a group that comes with the program. */
  @ManyToOne(() => Network, { ref: true, nullable: true, deleteRule: 'cascade' })
  network!: Ref<Network> | null;

  /** Of a group that comes with the program: tells whether it is still the same. */
  @Property({ type: 'text', nullable: true })
  @Unique()
  code!: string | null;

  /** The first word, for the order. */
  @Property(sortedName())
  name!: string;

  @Field(() => [String], { description: 'The words and phrases of the group, as they were written.' })
  @Property(textArray())
  words!: string[];

  @Field(() => [String], {
    description: 'Those of `words` that only lead to the others and are not searched for themselves, such as "Amt".',
  })
  @Property(textArray())
  leading!: string[];

  /** Under which a query finds the group: see `keysOf` of the rules. */
  @Property(textArray())
  keys!: string[];

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last edited.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  updatedAt!: Date;
}
