import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp } from '@mikro-orm/postgresql';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { textArray } from '../shared/columns.js';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({
  description:
    'A share of those who receive SGB II benefits whom nobody counts by themselves (Anteil), with where it is from: demand is estimated by it.',
})
@Entity({ tableName: 'demand_share' })
@Check({ name: 'demand_share_code_form', expression: `code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'` })
@Check({ name: 'demand_share_is_a_share', expression: 'share > 0 and share <= 1' })
export class DemandShare {
  [PrimaryKeyProp]?: 'code';
  [OptionalProps]?: 'version';

  @Field(() => ID, { description: 'Stable code, lower case with hyphens.' })
  @PrimaryKey({ type: 'text' })
  code!: string;

  @Property({ type: 'text' })
  nameDe!: string;

  @Property({ type: 'text' })
  nameEn!: string;

  @Field(() => Float, { description: 'Above 0, to 1.' })
  @Property({ type: 'double' })
  share!: number;

  @Field(() => Boolean, { description: 'It is so much at least.' })
  @Property({ type: 'boolean' })
  isFloor!: boolean;

  @Property(textArray())
  needs!: string[];

  @Field(() => String, { description: 'Who says so.' })
  @Property({ type: 'text' })
  source!: string;

  @Field(() => GraphQLLocalDate, { description: 'Of when it is.' })
  @Property({ type: 'date' })
  asOf!: string;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}
