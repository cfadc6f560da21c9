import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GeoSource } from '../geography/geo-source.entity.js';
import { sortedName } from '../shared/columns.js';
import { MunicipalityKey } from '../shared/scalars.js';

@ObjectType({ description: 'A place on earth, in degrees (WGS 84).' })
export class GeoPoint {
  @Field(() => Float, { description: 'North, −90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: 'East, −180 to 180.' })
  longitude!: number;
}

@ObjectType({ description: 'A municipality (Gemeinde), the smallest unit that service areas and demand are told in.' })
@Entity({ tableName: 'municipality' })
@Check({ name: 'municipality_key_digits', expression: `key ~ '^[0-9]{8}$' and district_key = left(key, 5)` })
@Check({ name: 'municipality_regional_key_digits', expression: `regional_key ~ '^[0-9]{12}$'` })
export class Municipality {
  [PrimaryKeyProp]?: 'key';
  [OptionalProps]?: 'centre';

  @Field(() => MunicipalityKey, { description: 'Amtlicher Gemeindeschlüssel (AGS).' })
  @PrimaryKey({ type: 'text' })
  key!: string;

  @Field(() => String, { description: 'Official name.' })
  @Property(sortedName())
  name!: string;

  @Field(() => String, { description: 'Key of its Kreis or kreisfreie Stadt, 5 digits.' })
  @Property({ type: 'text' })
  @Index()
  districtKey!: string;

  @Field(() => String, { description: 'Name of its Kreis or kreisfreie Stadt.' })
  @Property({ type: 'text' })
  districtName!: string;

  @Property({ type: 'double' })
  latitude!: number;

  @Property({ type: 'double' })
  longitude!: number;

  @Field(() => Int, { nullable: true, description: 'Inhabitants.' })
  @Property({ type: 'integer', nullable: true })
  population!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'People who receive SGB II benefits, all ages; null where the statistics office suppresses it.',
  })
  @Property({ type: 'integer', nullable: true })
  recipients!: number | null;

  @Field(() => String, { nullable: true, description: 'As the statistics office calls it, for example "Stadt".' })
  @Property({ type: 'text', nullable: true })
  kind?: string | null;

  @Field(() => String, { nullable: true, description: 'Amtlicher Regionalschlüssel (ARS), 12 digits.' })
  @Property({ type: 'text', nullable: true })
  regionalKey?: string | null;

  @Field(() => Float, { nullable: true, description: 'In km².' })
  @Property({ type: 'double', nullable: true })
  area?: number | null;

  @ManyToOne(() => GeoSource, { ref: true, index: true, nullable: true })
  source?: Ref<GeoSource> | null;

  @Field(() => GeoPoint, { description: 'Its centre, from which distances are measured.' })
  get centre(): GeoPoint {
    return { latitude: this.latitude, longitude: this.longitude };
  }
}

/** Postal codes are no administrative units: one can lie in two municipalities. */
@Entity({ tableName: 'postal_code' })
export class PostalCode {
  [PrimaryKeyProp]?: ['code', 'municipality'];

  @PrimaryKey({ type: 'text' })
  code!: string;

  @ManyToOne(() => Municipality, { primary: true, ref: true, index: true })
  municipality!: Ref<Municipality>;

  @ManyToOne(() => GeoSource, { ref: true, index: true, nullable: true })
  source?: Ref<GeoSource> | null;
}
