import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { PrimaryKeyProp } from '@mikro-orm/postgresql';
import type { JsonValue } from '../record/record.rules.js';
import { moment, textArray } from '../shared/columns.js';

const numbers = (type: string) => ({ type: 'array', columnType: `${type}[]` }) as const;
const side = () => ({ type: 'float', columnType: 'real', nullable: true }) as const;

/**
 * The card of a service that may be found, as the function `finder_wanted` makes it. Triggers keep it; nobody else writes it.
 * Without foreign keys: what they would see to the triggers do.
 */
@Entity({ tableName: 'finder_service' })
export class FinderService {
  [PrimaryKeyProp]?: 'serviceId';

  @PrimaryKey({ type: 'uuid' })
  serviceId!: string;

  @Property({ type: 'uuid' })
  partnerId!: string;

  @Property({ type: 'uuid' })
  networkId!: string;

  /** Are its places shown coarsely? */
  @Property({ type: 'boolean' })
  coarse!: boolean;

  @Property({ type: 'date', nullable: true })
  intakePausedUntil!: string | null;

  /** Is it in a round of a programme, whether that takes people or not? */
  @Property({ type: 'boolean' })
  inProgramme!: boolean;

  @Property(textArray())
  languages!: string[];

  @Property({ type: 'boolean' })
  interpretation!: boolean;

  /** Online or outreach: the way does not count. */
  @Property({ type: 'boolean' })
  comesAlong!: boolean;

  @Property({ type: 'integer', nullable: true })
  minimumAge!: number | null;

  @Property({ type: 'integer', nullable: true })
  maximumAge!: number | null;

  @Property(textArray())
  needs!: string[];

  /** The needs of each criterion that requires one of them; null: none does. */
  @Property({ type: 'json', nullable: true })
  requiredNeeds!: JsonValue;

  /** The needs of all criteria that exclude. */
  @Property(textArray())
  excludedNeeds!: string[];

  /** Codes, whether they hold today or not. */
  @Property(textArray())
  instruments!: string[];

  @Property({ type: 'boolean' })
  requiresInstrument!: boolean;

  @Property({ ...moment(), nullable: true })
  confirmedAt!: Date | null;

  /** Of its sites, in the order of their ids, as they may be measured. */
  @Property(numbers('double precision'))
  latitudes!: number[];

  @Property(numbers('double precision'))
  longitudes!: number[];

  /** Of each site, by bits: 0 to 8 there, 16 to 24 known not to be, as `AccessibilityFeature` has them. */
  @Property(numbers('int'))
  features!: number[];

  @Property(textArray())
  areaKeys!: string[];

  @Property(textArray())
  categoryCodes!: string[];
}

/** An entry of the index, one for each area and category of a service: what leaves most candidates out. */
@Entity({ tableName: 'finder_area' })
export class FinderArea {
  [PrimaryKeyProp]?: ['areaKey', 'categoryCode', 'serviceId'];

  @PrimaryKey({ type: 'text', collation: 'C' })
  areaKey!: string;

  @PrimaryKey({ type: 'text', collation: 'C' })
  categoryCode!: string;

  @PrimaryKey({ type: 'uuid' })
  serviceId!: string;

  @Property({ type: 'uuid' })
  networkId!: string;

  /** `finder_language_mask` of its languages. */
  @Property({ type: 'bigint' })
  languageMask!: string;

  @Property({ type: 'boolean' })
  comesAlong!: boolean;

  /** The box around its sites, in degrees; null without any. */
  @Property(side())
  south!: number | null;

  @Property(side())
  north!: number | null;

  @Property(side())
  west!: number | null;

  @Property(side())
  east!: number | null;
}
