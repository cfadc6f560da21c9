import type { EntityManager } from '@mikro-orm/postgresql';
import { instrumentsIn } from '../instrument/service-instrument.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { WORDS } from '../proposal/field-words.rules.js';
import type { Fault } from '../record/fault.rules.js';
import type { JsonValue, RecordDocument } from '../record/record.rules.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { FeedbackLevel, MOST_UNDER_SECRECY, ServiceStatus } from './service.rules.js';
import type { Criterion } from './service-terms.rules.js';

interface Naming {
  /** Id of the partner that offers it. */
  readonly partner: string;
  /** All of it, as it is to be. */
  readonly document: RecordDocument;
  /** The fields to look at; all when left out. */
  readonly changed?: readonly string[];
}

interface Known {
  readonly categories: ReadonlySet<string>;
  /** Those among them whose counsellors are bound by professional secrecy. */
  readonly secret: ReadonlySet<string>;
  readonly needs: ReadonlySet<string>;
  readonly instruments: ReadonlySet<string>;
  readonly areas: ReadonlySet<string>;
  /** Whose, by id; and whether they are in use. */
  readonly locations: ReadonlyMap<string, { readonly partner: string; readonly used: boolean }>;
}

/**
 * What services name that is not there, or not theirs, and whether they tell more than professional secrecy lets them.
 * One statement for all, however many; the faults of each in the same order.
 */
export async function serviceReferenceFaults(em: EntityManager, services: readonly Naming[]): Promise<Fault[][]> {
  if (services.length === 0) return [];
  const known = await knownAmong(
    em,
    services.map(({ document }) => document),
  );
  return services.map(service => referenceFaultsOf(service, known));
}

const textsOf = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];

const needsOfCriteria = (value: JsonValue | undefined): string[][] =>
  Array.isArray(value) ? (value as unknown as readonly Criterion[]).map(one => [...(one.needs ?? [])]) : [];

async function knownAmong(em: EntityManager, documents: readonly RecordDocument[]): Promise<Known> {
  const all = (field: string): string[] => [...new Set(documents.flatMap(one => textsOf(one[field])))];
  const needs = [...new Set([...all('needs'), ...documents.flatMap(one => needsOfCriteria(one.criteria)).flat()])];
  const instruments = documents.flatMap(one => instrumentsIn(one.instruments).map(({ instrument }) => instrument));
  const [row] = await rowsOf<{
    categories: { code: string; secret: boolean }[];
    needs: string[];
    instruments: string[];
    areas: string[];
    locations: { id: string; partner: string; used: boolean }[];
  }>(
    em,
    sql`select
      (select coalesce(json_agg(json_build_object('code', c.code, 'secret', c.professional_secrecy)), '[]')
        from category c where c.code = any(${all('categories')}::text[])) as categories,
      (select coalesce(json_agg(n.code), '[]') from need n where n.code = any(${needs}::text[])) as needs,
      (select coalesce(json_agg(i.code), '[]') from instrument i where i.code = any(${instruments}::text[])) as instruments,
      (select coalesce(json_agg(a.key), '[]') from unnest(${all('serviceArea')}::text[]) a (key) where case length(a.key)
        when 8 then exists (select from municipality m where m.key = a.key)
        when 5 then exists (select from district d where d.key = a.key)
          or exists (select from municipality m where m.district_key = a.key) else true end) as areas,
      (select coalesce(json_agg(json_build_object('id', l.id, 'partner', l.partner_id,
          'used', l.status = ${LocationStatus.ACTIVE})), '[]') from location l
        where l.id = any(${all('locations').filter(isId)}::uuid[])) as locations`,
  );
  return {
    categories: new Set(row!.categories.map(({ code }) => code)),
    secret: new Set(row!.categories.filter(({ secret }) => secret).map(({ code }) => code)),
    needs: new Set(row!.needs),
    instruments: new Set(row!.instruments),
    areas: new Set(row!.areas),
    locations: new Map(row!.locations.map(one => [one.id, one])),
  };
}

function referenceFaultsOf({ partner, document, changed }: Naming, known: Known): Fault[] {
  const looks = (...fields: string[]): boolean => !changed || fields.some(field => changed.includes(field));
  const unknown = (field: string, isKnown: (one: string) => boolean, message: string): Fault[] =>
    textsOf(document[field]).flatMap((one, i) => (isKnown(one) ? [] : [{ path: [field, String(i)], message }]));
  // What is closed may have taken place where nothing is any more; but never at what is no location of its partner.
  const takesPlace = document.status !== ServiceStatus.CLOSED;
  const isPlace = (id: string): boolean => {
    const location = known.locations.get(id);
    return location?.partner === partner && (location.used || !takesPlace);
  };
  return [
    ...(looks('categories')
      ? unknown('categories', one => known.categories.has(one), 'Diese Angebotsart gibt es nicht.')
      : []),
    ...(looks('needs') ? unknown('needs', one => known.needs.has(one), NO_SUCH_NEED) : []),
    ...(looks('criteria') ? criteriaFaults(document.criteria, known) : []),
    ...(looks('instruments') ? instrumentFaults(document.instruments, known) : []),
    ...(looks('serviceArea')
      ? unknown('serviceArea', one => known.areas.has(one), 'Ein Gebiet mit diesem Schlüssel gibt es nicht.')
      : []),
    ...(looks('locations') || (takesPlace && looks('status'))
      ? unknown('locations', isPlace, 'Diesen Standort hat der Partner nicht.')
      : []),
    ...(looks('categories', 'feedbackLevel') ? secrecyFault(document, known, changed) : []),
  ];
}

const NO_SUCH_NEED = 'Diesen Bedarf gibt es nicht.';

const criteriaFaults = (criteria: JsonValue | undefined, known: Known): Fault[] =>
  needsOfCriteria(criteria).flatMap((needs, i) =>
    needs.flatMap((need, j) =>
      known.needs.has(need) ? [] : [{ path: ['criteria', String(i), 'needs', String(j)], message: NO_SUCH_NEED }],
    ),
  );

const instrumentFaults = (instruments: JsonValue | undefined, known: Known): Fault[] =>
  instrumentsIn(instruments).flatMap(({ instrument }, i) =>
    known.instruments.has(instrument)
      ? []
      : [{ path: ['instruments', String(i), 'instrument'], message: 'Dieses Instrument gibt es nicht.' }],
  );

const LEVELS = Object.values(FeedbackLevel);

/** Addiction, debt and psychosocial counsellors are bound by section 203 StGB, whatever the partner would tell. */
function secrecyFault(
  { categories, feedbackLevel }: RecordDocument,
  known: Known,
  changed: readonly string[] | undefined,
): Fault[] {
  const tellsTooMuch = LEVELS.indexOf(feedbackLevel as FeedbackLevel) > LEVELS.indexOf(MOST_UNDER_SECRECY);
  if (!tellsTooMuch || !textsOf(categories).some(one => known.secret.has(one))) return [];
  const field = !changed || changed.includes('feedbackLevel') ? 'feedbackLevel' : 'categories';
  const message = `Wer unter Schweigepflicht steht (§ 203 StGB), meldet höchstens „${WORDS.feedbackLevel![MOST_UNDER_SECRECY]!.de}“ zurück.`;
  return [{ path: [field], message }];
}
