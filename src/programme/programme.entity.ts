import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Consortium } from '../consortium/consortium.entity.js';
import { Instrument } from '../instrument/instrument.entity.js';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { cents, sortedName, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { Cents, GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({
  implements: Node,
  description: 'A funding scheme with its goals, money and rounds (Programm), of one network or of several together.',
})
@Entity({ tableName: 'programme' })
@Check({ name: 'programme_slug_form', expression: `slug ~ '^[a-z][a-z0-9-]*$'` })
@Check({ name: 'programme_period', expression: 'ends_on >= starts_on' })
@Index({ properties: ['title', 'id'] })
export class Programme extends Node {
  [OptionalProps]?: 'published' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @Field(() => String, { description: 'Short name for addresses.' })
  @Property({ type: 'text' })
  @Unique()
  slug!: string;

  /** Leads it and keeps the record. */
  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @ManyToOne(() => Consortium, { ref: true, index: true, nullable: true })
  consortium!: Ref<Consortium> | null;

  @Field(() => String, { description: 'As it is called.' })
  @Property(sortedName())
  title!: string;

  @Field(() => String, { nullable: true, description: 'What it is to reach.' })
  @Property({ type: 'text', nullable: true })
  goals!: string | null;

  @Field(() => GraphQLLocalDate, { name: 'from', description: 'Its first day.' })
  @Property({ type: 'date' })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, { name: 'until', nullable: true, description: 'Its last day; null: it goes on.' })
  @Property({ type: 'date', nullable: true })
  endsOn!: string | null;

  @Field(() => Boolean, { description: 'Whether everybody reads it; a draft is for the coordinators of its lead.' })
  @Property({ type: 'boolean', default: false })
  published!: boolean;

  @Field(() => Int, { description: 'Goes up with every edit of it and of its rounds; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}

/** A network that takes part beside the lead, or took part until it left. */
@Entity({ tableName: 'programme_network' })
@Check({ name: 'programme_network_period', expression: 'part_until >= entered_on' })
export class ProgrammeNetwork {
  [PrimaryKeyProp]?: ['programme', 'network'];

  @ManyToOne(() => Programme, { primary: true, ref: true, deleteRule: 'cascade' })
  programme!: Ref<Programme>;

  @ManyToOne(() => Network, { primary: true, ref: true, index: true })
  network!: Ref<Network>;

  /** When it could know first that it was named; null in what was not published yet, or where it is not known any more. */
  @Property({ type: 'date', nullable: true })
  enteredOn!: string | null;

  /** The last day, as the network said itself; null: as long as the programme goes. */
  @Property({ type: 'date', nullable: true })
  partUntil!: string | null;
}

@ObjectType({ description: 'Who pays for a programme (Zuwendungsgeber), and how much.' })
@Entity({ tableName: 'programme_funder' })
@Unique({ properties: ['programme', 'position'] })
@Check({ name: 'programme_funder_amount', expression: 'amount_cents >= 0' })
export class ProgrammeFunder {
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Programme, { ref: true, deleteRule: 'cascade' })
  programme!: Ref<Programme>;

  @Property({ type: 'integer' })
  position!: number;

  @Field(() => String, { description: 'Whose money it is.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Where it comes from, such as "Europäischer Sozialfonds".' })
  @Property({ type: 'text', nullable: true })
  source!: string | null;

  @Field(() => Cents, { description: 'How much, for the whole time.' })
  @Property(cents())
  amountCents!: number;
}

@Entity({ tableName: 'programme_partner' })
export class ProgrammePartner {
  [PrimaryKeyProp]?: ['programme', 'partner'];

  @ManyToOne(() => Programme, { primary: true, ref: true, deleteRule: 'cascade' })
  programme!: Ref<Programme>;

  @ManyToOne(() => Partner, { primary: true, ref: true, index: true })
  partner!: Ref<Partner>;
}

@Entity({ tableName: 'programme_instrument' })
export class ProgrammeInstrument {
  [PrimaryKeyProp]?: ['programme', 'instrument'];

  @ManyToOne(() => Programme, { primary: true, ref: true, deleteRule: 'cascade' })
  programme!: Ref<Programme>;

  @ManyToOne(() => Instrument, { primary: true, ref: true, index: true })
  instrument!: Ref<Instrument>;
}
