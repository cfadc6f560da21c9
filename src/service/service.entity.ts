import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { PAIR_ID } from '../hsds-import/hsds-identity.rules.js';
import { Location } from '../location/location.entity.js';
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import type { JsonValue } from '../record/record.rules.js';
import { jsonList, moment, sortedName, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLDateTime, GraphQLLocalDate, LanguageTag } from '../shared/scalars.js';
import './service.enums.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from './service.rules.js';

@ObjectType({ implements: Node, description: 'What a partner offers (Angebot): counselling, a course, a workplace.' })
@Entity({ tableName: 'service' })
@Check({
  name: 'service_delivery_modes_known',
  expression: `delivery_modes <@ array['ON_SITE', 'OUTREACH', 'PHONE', 'ONLINE']`,
})
@Check({ name: 'service_ages', expression: 'minimum_age >= 0 and maximum_age >= 0 and maximum_age >= minimum_age' })
@Unique({ properties: ['id', 'partner'] })
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['network', 'name', 'id'] })
@Index({ properties: ['partner', 'name', 'id'] })
@Index({ properties: ['name', 'id'] })
// Few are: what nobody is to find is looked up among them.
@Index({ name: 'service_closed', expression: `create index service_closed on service (id) where status = 'CLOSED'` })
@Index({
  name: 'service_instruments',
  expression:
    'create index service_instruments on service using gin (instruments jsonb_path_ops) with (fastupdate = off)',
})
// Few are: the clock looks for them.
@Index({
  name: 'service_places_rounded',
  expression: 'create index service_places_rounded on service (id) where places_rounded_since is not null',
})
export class Service extends Node {
  [OptionalProps]?:
    | 'status'
    | 'interpretation'
    | 'keepsWaitingList'
    | 'criteria'
    | 'costs'
    | 'requiredDocuments'
    | 'instruments'
    | 'contacts'
    | 'openingHours'
    | 'version'
    | 'createdAt'
    | 'updatedAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Partner, { ref: true })
  partner!: Ref<Partner>;

  /** The partner's network, repeated for the lists of a network. */
  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Field(() => String, { description: 'As the partner calls it.' })
  @Property(sortedName())
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, in the words of the partner.' })
  @Property({ type: 'text', nullable: true })
  description!: string | null;

  @Field(() => ServiceStatus, { description: 'Only ACTIVE services take referrals.' })
  @Enum({ items: () => ServiceStatus, type: 'text', default: ServiceStatus.ACTIVE })
  status!: ServiceStatus;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Takes nobody up to and including this day, as its keeper said; see `intake`.',
  })
  @Property({ type: 'date', nullable: true })
  intakePausedUntil!: string | null;

  @Field(() => [LanguageTag], { description: 'Spoken there.' })
  @Property(textArray())
  languages!: string[];

  @Field(() => Boolean, { description: 'Other languages through an interpreter.' })
  @Property({ type: 'boolean', default: false })
  interpretation!: boolean;

  @Field(() => [DeliveryMode], { description: 'How it reaches people.' })
  @Property(textArray())
  deliveryModes!: DeliveryMode[];

  @Field(() => Int, { nullable: true, description: 'In years; null: no lower limit.' })
  @Property({ type: 'integer', nullable: true })
  minimumAge!: number | null;

  @Field(() => Int, { nullable: true, description: 'In years, inclusive; null: no upper limit.' })
  @Property({ type: 'integer', nullable: true })
  maximumAge!: number | null;

  @Field(() => Boolean, { description: 'Whether it puts people on a waiting list when it is full.' })
  @Property({ type: 'boolean', default: false })
  keepsWaitingList!: boolean;

  @Field(() => FeedbackLevel, { description: 'What it tells the caseworker of a client.' })
  @Enum({ items: () => FeedbackLevel, type: 'text' })
  feedbackLevel!: FeedbackLevel;

  /**
   * Since it tells more than RECEIVED_ONLY, and as long as referrals of before may still move its places: these are
   * shown as if it still told little. Set with the level, taken away by the clock.
   */
  @Property({ ...moment(), nullable: true })
  placesRoundedSince?: Date | null;

  @Property(jsonList())
  criteria!: JsonValue;

  @Property(jsonList())
  costs!: JsonValue;

  @Property(jsonList())
  requiredDocuments!: JsonValue;

  @Property(jsonList())
  instruments!: JsonValue;

  @Field(() => String, { nullable: true, description: 'How to apply, in the words of the partner.' })
  @Property({ type: 'text', nullable: true })
  howToApply?: string | null;

  @Property(jsonList())
  contacts!: JsonValue;

  @Field(() => String, { nullable: true, description: 'For enquiries about it.' })
  @Property({ type: 'text', nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'For enquiries about it.' })
  @Property({ type: 'text', nullable: true })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Its own address on the web, with https:// or http://.' })
  @Property({ type: 'text', nullable: true })
  website?: string | null;

  @Property(jsonList())
  openingHours!: JsonValue;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When somebody last said that all of it is right.' })
  @Property({ ...moment(), nullable: true })
  confirmedAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last edited.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  updatedAt!: Date;
}

@Entity({ tableName: 'service_category' })
export class ServiceCategory {
  [PrimaryKeyProp]?: ['service', 'category'];

  @ManyToOne(() => Service, { primary: true, ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  @ManyToOne(() => Category, { primary: true, ref: true, index: true })
  category!: Ref<Category>;
}

@Entity({ tableName: 'service_need' })
export class ServiceNeed {
  [PrimaryKeyProp]?: ['service', 'need'];

  @ManyToOne(() => Service, { primary: true, ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  @ManyToOne(() => Need, { primary: true, ref: true, index: true })
  need!: Ref<Need>;
}

@Entity({ tableName: 'service_location' })
@Index({
  name: 'service_location_pair_id',
  // By the id under which the pair goes out (`pairId`).
  expression: `create index "service_location_pair_id" on "service_location" ((${PAIR_ID}))`,
})
export class ServiceLocation {
  [PrimaryKeyProp]?: ['service', 'location'];

  @ManyToOne(() => Service, { primary: true, ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  @ManyToOne(() => Location, { primary: true, ref: true, index: true })
  location!: Ref<Location>;
}

/** Where the clients of a service may live: a municipality (8 digits), a district (5) or a state (2). */
@Entity({ tableName: 'service_area' })
@Check({ name: 'service_area_key_form', expression: `area_key ~ '^([0-9]{8}|[0-9]{5}|[0-9]{2})$'` })
export class ServiceArea {
  [PrimaryKeyProp]?: ['service', 'areaKey'];

  @ManyToOne(() => Service, { primary: true, ref: true, deleteRule: 'cascade' })
  service!: Ref<Service>;

  @PrimaryKey({ type: 'text', index: true })
  areaKey!: string;
}
