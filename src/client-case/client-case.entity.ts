import {
  Check,
  Entity,
  Enum,
  Index,
  ManyToOne,
  OneToOne,
  PrimaryKey,
  Property,
  Unique,
} from '@mikro-orm/decorators/legacy';
import { OptionalProps, PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, Int, ObjectType } from 'type-graphql';
import type { AccessibilityFeature } from '../location/location.rules.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { Network } from '../network/network.entity.js';
import { moment, textArray, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';
import { among, hasAny, isViewer, networkWall, systemPolicy } from '../shared/policies.js';
import { GraphQLDateTime, LanguageTag } from '../shared/scalars.js';
import { Account } from '../viewer/account.entity.js';
import './client-case.enums.js';
import { ClientCaseStatus } from './client-case.rules.js';

/** SQL: is the viewer a caseworker of the network, and on this case? */
const onCase = `${among('network_id', 'app.casework')} and (${isViewer('assigned_to_id')} or ${isViewer('deputy_id')})`;

/** SQL: a case `c` that the viewer works on. The policy of `client_case` says so too, but its `or` keeps indexes out. */
export const isOwnCase = `(${isViewer('c.assigned_to_id')} or ${isViewer('c.deputy_id')})`;

/**
 * SQL, for the tables that hang on a case: their case is one that the policy of `client_case` lets through. Not `in`: for
 * one row, PostgreSQL would look through every case.
 */
export const ofOwnCase = `${hasAny('app.casework')} and ${among('network_id', 'app.casework')}
  and exists (select from client_case c where c.id = client_case_id and ${isOwnCase})`;

// Partners never read this table: what they are told is a snapshot, `referral_disclosure`.
@ObjectType({
  implements: Node,
  description:
    "A client under a pseudonym (Fall): never a name, never the benefit office's customer number. For caseworkers on the case.",
})
@Entity({
  tableName: 'client_case',
  rowLevelSecurity: 'force',
  policies: [networkWall, { name: 'on_case', using: onCase }, systemPolicy],
})
@Unique({ properties: ['network', 'reference'] })
@Unique({ properties: ['id', 'network'] })
@Index({ properties: ['assignedTo', 'createdAt', 'id'] })
@Check({ name: 'client_case_birth_year', expression: 'birth_year between 1900 and 2100' })
export class ClientCase extends Node {
  [OptionalProps]?: 'status' | 'version' | 'createdAt';

  @PrimaryKey(uuid())
  override id!: string;

  @ManyToOne(() => Network, { ref: true })
  network!: Ref<Network>;

  @Field(() => String, { description: 'Pseudonym, made by the hub.' })
  @Property({ type: 'text' })
  reference!: string;

  @Field(() => ClientCaseStatus, { description: 'Whether somebody works on it.' })
  @Enum({ items: () => ClientCaseStatus, type: 'text', default: ClientCaseStatus.OPEN })
  status!: ClientCaseStatus;

  @ManyToOne(() => Municipality, { ref: true, index: true })
  municipality!: Ref<Municipality>;

  @Field(() => [LanguageTag], { description: 'That the client speaks well enough for counselling.' })
  @Property(textArray())
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'Year of birth, where it is known.' })
  @Property({ type: 'integer', nullable: true })
  birthYear!: number | null;

  @ManyToOne(() => Account, { ref: true })
  assignedTo!: Ref<Account>;

  @ManyToOne(() => Account, { ref: true, index: true, nullable: true })
  deputy!: Ref<Account> | null;

  @Field(() => Int, { description: 'Goes up with every edit; hand it to `expectedVersion`.' })
  @Property({ type: 'integer', version: true })
  version!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was opened.' })
  @Property({ ...moment(), defaultRaw: 'now()' })
  createdAt!: Date;
}

/** Health data of a case, apart from the case itself. */
@Entity({
  tableName: 'client_case_health',
  rowLevelSecurity: 'force',
  policies: [networkWall, { name: 'on_case', using: ofOwnCase }, systemPolicy],
})
export class ClientCaseHealth {
  [PrimaryKeyProp]?: 'clientCase';
  [OptionalProps]?: 'revision';

  @OneToOne(() => ClientCase, { primary: true, ref: true, deleteRule: 'cascade' })
  clientCase!: Ref<ClientCase>;

  @ManyToOne(() => Network, { ref: true, index: true })
  network!: Ref<Network>;

  @Property(textArray())
  needs!: string[];

  @Property(textArray())
  accessibility!: AccessibilityFeature[];

  @Property({ type: 'integer', version: true })
  revision!: number;
}
