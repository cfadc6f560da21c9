import { Check, Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp } from '@mikro-orm/postgresql';
import { Field, Float, ID, ObjectType } from 'type-graphql';
import '../location/location.enums.js';
import { AccessibilityFeature } from '../location/location.rules.js';
import './accessibility.enums.js';
import { CriterionGroup } from './accessibility.rules.js';

@ObjectType({
  description:
    'Something that an assessment asks of a place (Prüfkriterium): along DIN 18040-1, read for offices. Reference data.',
})
@Entity({ tableName: 'accessibility_criterion' })
@Check({
  name: 'accessibility_criterion_limits',
  expression: 'minimum is null or maximum is null or minimum <= maximum',
})
@Check({
  name: 'accessibility_criterion_measured',
  expression: '(unit is not null) = (minimum is not null or maximum is not null)',
})
@Check({ name: 'accessibility_criterion_essential', expression: 'feature is not null or not essential' })
export class AccessibilityCriterion {
  [PrimaryKeyProp]?: 'code';

  @Field(() => ID, { description: 'Stable code, lower case with hyphens.' })
  @PrimaryKey({ type: 'text' })
  code!: string;

  @Field(() => CriterionGroup, { description: 'What it is about.' })
  @Enum({ items: () => CriterionGroup, type: 'text', fieldName: 'criterion_group' })
  group!: CriterionGroup;

  @Property({ type: 'text' })
  nameDe!: string;

  @Property({ type: 'text' })
  nameEn!: string;

  @Property({ type: 'text' })
  askedDe!: string;

  @Property({ type: 'text' })
  askedEn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Unit of what is measured, "cm" or "%"; null: seen, not measured.',
  })
  @Property({ type: 'text', nullable: true })
  unit!: string | null;

  @Field(() => Float, { nullable: true, description: 'Least measured value that meets it.' })
  @Property({ type: 'double', nullable: true })
  minimum!: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest measured value that meets it.' })
  @Property({ type: 'double', nullable: true })
  maximum!: number | null;

  @Field(() => String, { description: 'Where it comes from, for example "DIN 18040-1:2010-10, 4.3.3".' })
  @Property({ type: 'text' })
  source!: string;

  @Field(() => AccessibilityFeature, { nullable: true, description: 'What it tells of a place in the finder.' })
  @Enum({ items: () => AccessibilityFeature, type: 'text', nullable: true })
  feature!: AccessibilityFeature | null;

  @Field(() => Boolean, { description: 'Where it is not met, the feature is not there.' })
  @Property({ type: 'boolean' })
  essential!: boolean;

  @Property({ type: 'integer' })
  position!: number;
}
