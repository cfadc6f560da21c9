import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { Network } from '../network/network.entity.js';
import { sortedName, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ObjectType({
  implements: Node,
  description: 'A team of the Jobcenter (Team): how many people work there, never who. For members of the network.',
})
@Entity({ tableName: 'team' })
@Check({ name: 'team_staff', expression: 'staff >= 0' })
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['network', 'name', 'id'] })
@Index({
  name: 'team_named_once',
  expression: 'create unique index team_named_once on team (network_id, name) where dissolved_on is null',
})
export class Team extends Node {
  [OptionalProps]?: 'location' | 'dissolvedOn' | 'version';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  /** Where it works; null where that is not said. */
  @ManyToOne(() => Location, { ref: true, index: true, nullable: true })
  location!: Ref<Location> | null;

  @Field(() => String, { description: 'As it is called: "Team Reha/SB".' })
  @Property(sortedName())
  name!: string;

  @Field(() => Int, { description: 'How many people work there now.' })
  @Property({ type: 'integer' })
  staff!: number;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Since when there is none any more; null: there is.' })
  @Property({ type: 'date', nullable: true })
  dissolvedOn!: string | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;
}

/** How many worked in a team up to a day, since the day after the one before; after the last such day it is `Team.staff`. */
@Entity({ tableName: 'team_staff' })
@Check({ name: 'team_staff_count', expression: 'staff >= 0' })
export class TeamStaff {
  [PrimaryKeyProp]?: ['team', 'staffUntil'];

  @ManyToOne(() => Team, { primary: true, ref: true })
  team!: Ref<Team>;

  @Property({ type: 'date', primary: true })
  staffUntil!: string;

  @Property({ type: 'integer' })
  staff!: number;
}

@ObjectType({ description: 'Whom to ask in a team: a function, never a person (Ansprechstelle).' })
@Entity({ tableName: 'team_contact' })
@Check({ name: 'team_contact_reachable', expression: 'phone is not null or email is not null' })
export class TeamContact {
  @PrimaryKey(uuid())
  id!: string;

  @ManyToOne(() => Team, { ref: true, index: true })
  team!: Ref<Team>;

  @Field(() => String, { description: 'Its function, never a name: "Ansprechstelle Sucht".' })
  @Property({ type: 'text', fieldName: 'responsibility' })
  function!: string;

  /** Codes of training topics. */
  @Property(textArray())
  topics!: string[];

  @Field(() => String, { nullable: true, description: 'Of the function.' })
  @Property({ type: 'text', nullable: true })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Of the function.' })
  @Property({ type: 'text', nullable: true })
  email!: string | null;

  /** Its place among those of the team. */
  @Property({ type: 'integer' })
  position!: number;
}
