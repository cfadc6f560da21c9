import { Check, Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { GeoSource } from './geo-source.entity.js';
import './geography.enums.js';
import { DemandMeasure } from './geography.rules.js';

@ObjectType({ description: 'People counted in a municipality or district on one day, with where the number is from.' })
@Entity({ tableName: 'demand_figure' })
@Check({ name: 'demand_figure_key_form', expression: `area_key ~ '^([0-9]{5}|[0-9]{8})$'` })
@Check({ name: 'demand_figure_counted', expression: 'value >= 0' })
export class DemandFigure {
  [PrimaryKeyProp]?: ['areaKey', 'measure', 'referenceDate'];

  @PrimaryKey({ type: 'text' })
  areaKey!: string;

  @Field(() => DemandMeasure, { description: 'Who was counted.' })
  @Enum({ items: () => DemandMeasure, type: 'text', primary: true })
  measure!: DemandMeasure;

  @Field(() => GraphQLLocalDate, { description: 'The day that the number is of (Stichtag).' })
  @PrimaryKey({ type: 'date' })
  referenceDate!: string;

  @Field(() => Int, { nullable: true, description: 'How many; null where the statistics office suppresses it.' })
  @Property({ type: 'integer', nullable: true })
  value!: number | null;

  @ManyToOne(() => GeoSource, { ref: true, index: true })
  source!: Ref<GeoSource>;
}
