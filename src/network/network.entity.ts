import { Check, Entity, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Field, ObjectType } from 'type-graphql';
import { Municipality } from '../municipality/municipality.entity.js';
import { DEFAULT_LIMITS, MOST_OF_A_LIMIT } from '../referral-clock/referral-limits.rules.js';
import { sortedName, uuid } from '../shared/columns.js';
import { Node } from '../shared/node.js';

/** SQL: limits by their names, each a number that can be one. What `limitsOf` refuses would stop the whole network. */
const soundLimits = `case when jsonb_typeof(referral_limits) = 'object' then
  referral_limits - '{${Object.keys(DEFAULT_LIMITS)}}'::text[] = '{}'
  and not jsonb_path_exists(referral_limits, 'strict $.* ? (!(@.type() == "number" && @ >= 1 && @ <= ${MOST_OF_A_LIMIT} && @.floor() == @))')
  else referral_limits is null end`;

@ObjectType({
  implements: Node,
  description:
    'The partners of one Jobcenter district, and its members (Netzwerk). Nothing of a case crosses over but what is sent to a partner under a SharingAgreement.',
})
@Entity({ tableName: 'network' })
@Check({ name: 'network_referral_limits_sound', expression: soundLimits })
@Check({ name: 'network_slug_form', expression: `slug ~ '^[a-z][a-z0-9-]*$'` })
export class Network extends Node {
  @PrimaryKey(uuid())
  override id!: string;

  @Field(() => String, { description: 'Its short name in addresses and filters, for example "aachen".' })
  @Property({ type: 'text' })
  @Unique()
  slug!: string;

  @Field(() => String, { description: 'As people call it.' })
  @Property(sortedName())
  name!: string;

  /** Weights of the match factors that differ from the defaults. */
  @Property({ type: 'json', nullable: true })
  matchWeights!: Record<string, number> | null;

  /** Limits of referrals that differ from the defaults: see `limitsOf`. */
  @Property({ type: 'json', nullable: true })
  referralLimits?: Record<string, number> | null;
}

@Entity({ tableName: 'network_municipality' })
export class NetworkMunicipality {
  [PrimaryKeyProp]?: ['network', 'municipality'];

  @ManyToOne(() => Network, { primary: true, ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => Municipality, { primary: true, ref: true, index: true })
  municipality!: Ref<Municipality>;
}
