import { addMonths, monthOf } from '../shared/calendar.rules.js';
import { consortiumId } from './consortia.js';
import { networkId } from './geography.js';
import { STATE_INSTRUMENT } from './instruments.data.js';
import { partnerId } from './partners/partners.js';
import { type DemoProgramme, type DemoRound, PROGRAMMES, PUBLICATIONS } from './programmes.data.js';
import { demoId } from './random.js';

const programmeId = (slug: string): string => demoId(`programme/${slug}`);
const roundId = (slug: string, number: number): string => demoId(`programme/${slug}/${number}`);

/** Programmes with their rounds and what was paid in them, and what was published, as in the tables. */
export function programmeRows() {
  const each = <T>(of: (programme: DemoProgramme, id: string) => readonly T[]) =>
    PROGRAMMES.flatMap(programme => of(programme, programmeId(programme.slug)));
  const rounds = PROGRAMMES.flatMap(({ slug, rounds: runs }) =>
    runs.map((run, i) => ({ slug, run, number: i + 1, id: roundId(slug, i + 1) })),
  );
  return [
    ['programme', each((programme, id) => [programmeRow(programme, id)])],
    [
      'programme_network',
      each(({ networks }, id) => networks.map(slug => ({ programme_id: id, network_id: networkId(slug) }))),
    ],
    [
      'programme_funder',
      each(({ slug, funders }, id) =>
        funders.map(([name, source, amount_cents], position) => ({
          id: demoId(`programme/${slug}/funder/${position}`),
          programme_id: id,
          position,
          name,
          source,
          amount_cents,
        })),
      ),
    ],
    [
      'programme_partner',
      each(({ partners }, id) => partners.map(key => ({ programme_id: id, partner_id: partnerId(key) }))),
    ],
    [
      'programme_instrument',
      each(({ instruments }, id) => instruments.map(code => ({ programme_id: id, instrument_code: code }))),
    ],
    [
      'programme_round',
      rounds.map(({ slug, run, number, id }) => ({
        id,
        programme_id: programmeId(slug),
        number,
        starts_on: run.from,
        ends_on: run.until,
        intake_from: run.intakeFrom,
        intake_until: run.intakeUntil,
        places: run.places,
        participants_elsewhere: 0,
        elsewhere_source: null,
        entered_on: run.from,
        version: 1,
      })),
    ],
    [
      'programme_round_service',
      rounds.flatMap(({ run, id }) =>
        run.services.map(([partner, offer]) => ({ round_id: id, service_id: demoId(`service/${partner}/${offer}`) })),
      ),
    ],
    [
      'programme_round_field',
      rounds.flatMap(({ run, id }) => run.fieldsOfWork.map(occupation => ({ round_id: id, occupation }))),
    ],
    ['programme_round_month', rounds.flatMap(({ run, id }) => monthRows(run, id))],
    ['publication', PUBLICATIONS.map(publicationRow)],
  ] as const;
}

/** The state's programme beside the instruments of the law. */
export function instrumentRows() {
  const { code, law, nameDe, nameEn, validFrom, validTo, source } = STATE_INSTRUMENT;
  return [
    ['instrument', [{ code, law, section: null, name_de: nameDe, name_en: nameEn, sensitive: false, revision: 1 }]],
    [
      'instrument_version',
      [
        {
          id: demoId(`instrument/${code}`),
          instrument_code: code,
          valid_from: validFrom,
          valid_to: validTo,
          rules: [
            { kind: 'DECISION_NEEDED', form: 'APPROVAL' },
            { kind: 'COMBINES_WITH', instruments: ['sgb2-16e'] },
          ],
          source,
          version: 1,
        },
      ],
    ],
  ] as const;
}

const programmeRow = ({ slug, network, consortium, title, goals, from, until, rounds }: DemoProgramme, id: string) => ({
  id,
  slug,
  network_id: networkId(network),
  consortium_id: consortium === null ? null : consortiumId(consortium),
  title,
  goals,
  starts_on: from,
  ends_on: until,
  published: true,
  version: rounds.length + 1,
});

/** From month to month more places are taken, and in the second year they become free again. */
function monthRows(run: DemoRound, round: string) {
  const months: object[] = [];
  for (let i = 0, month = monthOf(run.from); month <= run.until; i += 1, month = addMonths(month, 1)) {
    const places = Math.min(run.places, Math.max(0, i < 12 ? 12 * i : 12 * (24 - i)));
    months.push({
      id: demoId(`month/${round}/${month}`),
      round_id: round,
      service_id: null,
      month,
      places,
      benefit_cents: places * run.benefitCents + (places > 0 ? i % 7 : 0),
      subsidy_cents: places * run.subsidyCents,
      coaching_minutes: places * run.coachingMinutes,
      version: 1,
    });
  }
  return months;
}

const publicationRow = ({
  key,
  network,
  programme,
  publishedOn,
  heldOn,
  place,
  categories,
  ...publication
}: (typeof PUBLICATIONS)[number]) => ({
  id: demoId(`publication/${key}`),
  network_id: networkId(network),
  programme_id: programme === null ? null : programmeId(programme),
  ...publication,
  url: `https://www.${key}.example`,
  published_on: publishedOn,
  held_on: heldOn ?? null,
  place: place ?? null,
  categories: categories ?? [],
  withdrawn: false,
  version: 1,
});
