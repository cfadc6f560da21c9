import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, ObjectType } from 'type-graphql';
import { GeoJsonGeometry } from '../shared/scalars.js';
import { GeoSource } from './geo-source.entity.js';
import type { OutlineGeometry } from './geometry.rules.js';

@ObjectType('Outline', { description: 'Where a municipality or district ends, to draw a map with (Umriss).' })
@Entity({ tableName: 'area_outline' })
@Check({ name: 'area_outline_key_form', expression: `area_key ~ '^([0-9]{5}|[0-9]{8})$'` })
export class AreaOutline {
  [PrimaryKeyProp]?: 'areaKey';

  @PrimaryKey({ type: 'text' })
  areaKey!: string;

  @Field(() => GeoJsonGeometry, { description: 'Polygon or MultiPolygon, longitude first (WGS 84).' })
  @Property({ type: 'json' })
  geometry!: OutlineGeometry;

  @Field(() => String, { nullable: true, description: 'What to know before use, for example that it is schematic.' })
  @Property({ type: 'text', nullable: true })
  note!: string | null;

  @ManyToOne(() => GeoSource, { ref: true, index: true })
  source!: Ref<GeoSource>;
}
