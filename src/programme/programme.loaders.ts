import type { EntityManager } from '@mikro-orm/postgresql';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { entitiesPerId, manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, entitiesOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { programmeVisibleTo } from './programme.access.js';
import { Programme, ProgrammeFunder, ProgrammeNetwork } from './programme.entity.js';
import type { MoneyRow } from './programme.rules.js';
import { ProgrammeRoundFigures } from './programme-round.entity.js';

/** Who takes part beside the lead, or did, with the network itself. */
export const networksOfProgramme = (em: EntityManager) =>
  manyPerId(
    ids =>
      em.find(
        ProgrammeNetwork,
        { programme: { $in: [...ids] } },
        { populate: ['network'], orderBy: { network: { slug: 'asc' } } },
      ),
    part => part.programme.id,
  );

export const fundersOfProgramme = (em: EntityManager) =>
  manyPerId(
    ids => em.find(ProgrammeFunder, { programme: { $in: [...ids] } }, { orderBy: { position: 'asc' } }),
    funder => funder.programme.id,
  );

/** Published ones; for one that was merged what stands for it. */
export const partnersOfProgramme = (em: EntityManager) =>
  entitiesPerId(
    em,
    Partner,
    ids => sql`select distinct on (pp.programme_id, p.name, p.id) pp.programme_id as owner_id, ${columnsOf(em, Partner, 'p')}
      from programme_partner pp join partner named on named.id = pp.partner_id
      join partner p on p.id = coalesce(named.merged_into_id, named.id)
      where pp.programme_id = any(${ids}::uuid[]) and ${ofPublishedPartner(sql`p.id`)}
      order by pp.programme_id, p.name, p.id`,
  );

/** A programme, if the viewer may see it. */
export const visibleProgramme = (em: EntityManager, viewer: Viewer) =>
  onePerId(
    ids =>
      entitiesOf(
        em,
        Programme,
        sql`select ${columnsOf(em, Programme, 't')} from programme t
            where t.id = any(${ids}::uuid[]) and ${programmeVisibleTo(viewer)}`,
      ),
    programme => programme.id,
  );

/** Codes. */
export const instrumentsOfProgramme = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<{ programme: string; code: string }>(
        em,
        sql`select programme_id as programme, instrument_code as code from programme_instrument
            where programme_id = any(${ids}::uuid[]) order by instrument_code`,
      ),
    row => row.programme,
  );

/** Of published partners. */
export const servicesOfRound = (em: EntityManager) =>
  entitiesPerId(
    em,
    Service,
    ids => sql`select rs.round_id as owner_id, ${columnsOf(em, Service, 's')}
      from programme_round_service rs join service s on s.id = rs.service_id
      where rs.round_id = any(${ids}::uuid[]) and ${ofPublishedPartner(sql`s.partner_id`)} order by s.name, s.id`,
  );

/** The service of a report, if its partner is published. */
export const reportedService = (em: EntityManager) =>
  onePerId(
    ids =>
      entitiesOf(
        em,
        Service,
        sql`select ${columnsOf(em, Service, 's')} from service s
            where s.id = any(${ids}::uuid[]) and ${ofPublishedPartner(sql`s.partner_id`)}`,
      ),
    service => service.id,
  );

/** Codes. */
export const fieldsOfRound = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<{ round: string; occupation: string }>(
        em,
        sql`select round_id as round, occupation from programme_round_field
            where round_id = any(${ids}::uuid[]) order by occupation`,
      ),
    row => row.round,
  );

export const figuresOfRound = (em: EntityManager) =>
  onePerId(
    ids => em.find(ProgrammeRoundFigures, { round: { $in: [...ids] } }),
    figures => figures.round.id,
  );

/** All rounds of a programme with what was told of each; null where nothing was counted yet. */
export interface CountedRound {
  readonly programme: string;
  readonly elsewhere: number;
  readonly as_of: string | null;
  readonly participants: number | null;
  readonly started: number | null;
  readonly completed: number | null;
  readonly aborted: number | null;
  readonly employed: number | null;
  readonly sustained: number | null;
}

export const countedRoundsOfProgramme = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<CountedRound>(
        em,
        sql`select r.programme_id as programme, r.participants_elsewhere as elsewhere, f.as_of::text, f.participants, f.started,
              f.completed, f.aborted, f.employed, f.sustained
            from programme_round r left join programme_round_figures f on f.round_id = r.id
            where r.programme_id = any(${ids}::uuid[]) order by r.number`,
      ),
    row => row.programme,
  );

const SUMS: Sql = sql`sum(m.places)::text as place_months, sum(m.benefit_cents)::text as benefit_cents,
  sum(m.subsidy_cents)::text as subsidy_cents, sum(m.coaching_minutes)::text as coaching_minutes`;

export const moneyOfRound = (em: EntityManager) =>
  onePerId(
    ids =>
      rowsOf<MoneyRow & { id: string }>(
        em,
        sql`select m.round_id as id, ${SUMS} from programme_round_month m
            where m.round_id = any(${ids}::uuid[]) group by 1`,
      ),
    row => row.id,
  );

export const moneyOfProgramme = (em: EntityManager) =>
  onePerId(
    ids =>
      rowsOf<MoneyRow & { id: string }>(
        em,
        sql`select r.programme_id as id, ${SUMS} from programme_round_month m join programme_round r on r.id = m.round_id
            where r.programme_id = any(${ids}::uuid[]) group by 1`,
      ),
    row => row.id,
  );
