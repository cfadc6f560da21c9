import { Check, Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { GeoPoint, Municipality } from '../municipality/municipality.entity.js';
import { Partner } from '../partner/partner.entity.js';
import type { JsonValue } from '../record/record.rules.js';
import { jsonList, moment, sortedName, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import './location.enums.js';
import { AccessibilityFeature, FeatureState, LocationStatus } from './location.rules.js';

@ObjectType({ implements: Node, description: 'A place where a partner offers its services (Standort).' })
@Entity({ tableName: 'location' })
@Check({ name: 'location_merged_is_archived', expression: `merged_into_id is null or status = 'ARCHIVED'` })
export class Location extends Node {
  [OptionalProps]?:
    | 'addressProtected'
    | 'street'
    | 'postalCode'
    | 'position'
    | 'directions'
    | 'status'
    | 'openingHours'
    | 'version'
    | 'createdAt'
    | 'updatedAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Partner, { ref: true, index: true })
  partner!: Ref<Partner>;

  /** Where it was a duplicate: the one that remains of both, which never was merged itself. Its id answers that one. */
  @ManyToOne(() => Location, { ref: true, index: true, nullable: true })
  mergedInto?: Ref<Location> | null;

  @Field(() => String, { nullable: true, description: 'What the partner calls this place, if it has several.' })
  @Property({ ...sortedName(), nullable: true })
  name!: string | null;

  @Property({ type: 'text', nullable: true, fieldName: 'street' })
  storedStreet!: string | null;

  @Property({ type: 'text', nullable: true, fieldName: 'postal_code' })
  storedPostalCode!: string | null;

  @Field(() => String, { description: 'Town.' })
  @Property({ type: 'text' })
  city!: string;

  @ManyToOne(() => Municipality, { ref: true, index: true })
  municipality!: Ref<Municipality>;

  @Property({ type: 'double', nullable: true })
  latitude!: number | null;

  @Property({ type: 'double', nullable: true })
  longitude!: number | null;

  /** A women's shelter: neither street nor exact position may be told. */
  @Property({ type: 'boolean', default: false })
  addressProtected!: boolean;

  @Field(() => LocationStatus, { description: 'Whether it is in use.' })
  @Enum({ items: () => LocationStatus, type: 'text', default: LocationStatus.ACTIVE })
  status!: LocationStatus;

  @Property({ type: 'text', nullable: true, fieldName: 'directions' })
  storedDirections?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this place.' })
  @Property({ type: 'text', nullable: true })
  phone?: string | null;

  @Property(jsonList())
  openingHours!: JsonValue;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When somebody last said that all of it is right.' })
  @Property({ ...moment(), nullable: true })
  confirmedAt?: Date | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last edited.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  updatedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "Street and house number; null where the address is protected (a women's shelter).",
  })
  get street(): string | null {
    return this.addressProtected ? null : this.storedStreet;
  }

  @Field(() => String, { nullable: true, description: 'Five digits; null where the address is protected.' })
  get postalCode(): string | null {
    return this.addressProtected ? null : this.storedPostalCode;
  }

  @Field(() => String, { nullable: true, description: 'How to get there; null where the address is protected.' })
  get directions(): string | null {
    return this.addressProtected ? null : (this.storedDirections ?? null);
  }

  @Field(() => GeoPoint, { nullable: true, description: 'Null where it is not known, or the address is protected.' })
  get position(): GeoPoint | null {
    if (this.addressProtected || this.latitude === null || this.longitude === null) return null;
    return { latitude: this.latitude, longitude: this.longitude };
  }
}

@ObjectType({ description: 'What is known of one feature at one location.' })
@Entity({ tableName: 'accessibility_entry' })
export class AccessibilityEntry {
  [PrimaryKeyProp]?: ['location', 'feature'];

  @ManyToOne(() => Location, { primary: true, ref: true, deleteRule: 'cascade' })
  location!: Ref<Location>;

  @Field(() => AccessibilityFeature, { description: 'Which feature.' })
  @Enum({ items: () => AccessibilityFeature, type: 'text', primary: true })
  feature!: AccessibilityFeature;

  @Field(() => FeatureState, { description: 'Whether it is there.' })
  @Enum({ items: () => FeatureState, type: 'text' })
  state!: FeatureState;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When somebody looked.' })
  @Property({ type: 'date', nullable: true })
  assessedOn!: string | null;
}
