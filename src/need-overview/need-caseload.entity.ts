import { Check, Entity, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp, type Ref } from '@mikro-orm/postgresql';
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import { among, networkWall, systemPolicy } from '../shared/policies.js';

/**
 * How many open cases of a network have a need, once a month and in whole fives. The coordination reads no case, and a
 * number that is counted anew whenever it is asked for would tell her of each one that comes or goes.
 */
@Entity({
  tableName: 'need_caseload',
  rowLevelSecurity: 'force',
  policies: [networkWall, { name: 'coordinated', using: among('network_id', 'app.coordinated') }, systemPolicy],
})
@Index({ properties: ['network', 'countedOn'] })
@Check({
  name: 'need_caseload_fives',
  expression: 'cases > 0 and cases % 5 = 0 and all_cases > 0 and all_cases % 5 = 0',
})
export class NeedCaseload {
  [PrimaryKeyProp]?: ['network', 'need', 'countedOn'];

  @ManyToOne(() => Network, { primary: true, ref: true })
  network!: Ref<Network>;

  @ManyToOne(() => Need, { primary: true, ref: true, index: true })
  need!: Ref<Need>;

  @Property({ type: 'date', primary: true })
  countedOn!: string;

  /** Null: fewer than five. */
  @Property({ type: 'integer', nullable: true })
  cases!: number | null;

  /** All open cases of the network on that day; null: fewer than five. */
  @Property({ type: 'integer', nullable: true })
  allCases!: number | null;
}
