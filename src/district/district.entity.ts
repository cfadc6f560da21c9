import { Check, Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { GeoSource } from '../geography/geo-source.entity.js';
import '../geography/geography.enums.js';
import { JobcenterForm } from '../geography/geography.rules.js';
import { sortedName } from '../shared/columns.js';

@ObjectType({ description: 'A Kreis or a kreisfreie Stadt: the district of a Jobcenter.' })
@Entity({ tableName: 'district' })
@Check({ name: 'district_key_digits', expression: `key ~ '^[0-9]{5}$'` })
export class District {
  [PrimaryKeyProp]?: 'key';

  @Field(() => ID, { description: 'The first 5 digits of the keys of its municipalities.' })
  @PrimaryKey({ type: 'text' })
  key!: string;

  @Field(() => String, { description: 'Official name.' })
  @Property(sortedName())
  name!: string;

  @Field(() => String, { nullable: true, description: 'As the statistics office calls it, for example "Kreis".' })
  @Property({ type: 'text', nullable: true })
  kind?: string | null;

  @Field(() => JobcenterForm, { nullable: true, description: 'Who runs its Jobcenter; null where that is not known.' })
  @Enum({ items: () => JobcenterForm, type: 'text', nullable: true })
  jobcenterForm?: JobcenterForm | null;

  @Field(() => String, { nullable: true, description: 'Regierungsbezirk, where the state has them.' })
  @Property({ type: 'text', nullable: true })
  governmentRegion?: string | null;

  @Field(() => Float, { nullable: true, description: 'In km².' })
  @Property({ type: 'double', nullable: true })
  area?: number | null;

  @Field(() => Int, { nullable: true, description: 'Inhabitants.' })
  @Property({ type: 'integer', nullable: true })
  population?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'People who receive SGB II benefits, all ages. It may exceed the sum over its municipalities, of which some are suppressed.',
  })
  @Property({ type: 'integer', nullable: true })
  recipients?: number | null;

  @ManyToOne(() => GeoSource, { ref: true, index: true, nullable: true })
  source?: Ref<GeoSource> | null;
}
