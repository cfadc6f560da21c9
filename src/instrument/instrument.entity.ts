import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { JsonValue } from '../record/record.rules.js';
import { jsonList, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({
  description:
    'A legal way to pay for help into work (Förderinstrument), such as §16i SGB II. Data, since the law changes.',
})
@Entity({ tableName: 'instrument' })
@Check({ name: 'instrument_code_form', expression: `code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` })
export class Instrument {
  [PrimaryKeyProp]?: 'code';
  [OptionalProps]?: 'revision';

  @Field(() => ID, { description: 'Stable code, lower case with hyphens, such as "sgb2-16i".' })
  @PrimaryKey({ type: 'text' })
  code!: string;

  @Field(() => String, { description: 'Where it stands, such as "SGB II".' })
  @Property({ type: 'text' })
  law!: string;

  @Field(() => String, { nullable: true, description: 'The section in it, such as "§ 16i"; null for one of no law.' })
  @Property({ type: 'text', nullable: true })
  section!: string | null;

  @Property({ type: 'text' })
  nameDe!: string;

  @Property({ type: 'text' })
  nameEn!: string;

  @Field(() => Boolean, {
    description:
      'That somebody gets it tells of health or disability: a partner is told on the basis of a consent only.',
  })
  @Property({ type: 'boolean' })
  sensitive!: boolean;

  @Property({ type: 'integer', version: true })
  revision!: number;
}

@ObjectType({ implements: Node, description: 'The rules of an instrument for a time. Changed law is another version.' })
@Entity({ tableName: 'instrument_version' })
@Unique({ properties: ['instrument', 'validFrom'] })
@Index({
  name: 'instrument_version_one_open',
  expression:
    'create unique index instrument_version_one_open on instrument_version (instrument_code) where valid_to is null',
})
@Check({ name: 'instrument_version_period', expression: 'valid_to >= valid_from' })
@Check({ name: 'instrument_version_rules', expression: `jsonb_typeof(rules) = 'array'` })
export class InstrumentVersion extends Node {
  [OptionalProps]?: 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Instrument, { ref: true })
  instrument!: Ref<Instrument>;

  @Field(() => GraphQLLocalDate, { description: 'The first day on which it holds.' })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The last day on which it holds; null: until further notice.',
  })
  @Property({ type: 'date', nullable: true })
  validTo!: string | null;

  @Property(jsonList())
  rules!: JsonValue;

  @Field(() => String, { description: 'Where the rules stand; "unbestätigt" in it: nobody has checked them yet.' })
  @Property({ type: 'text' })
  source!: string;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
