import { knownNeeds } from '../need/need.query.js';
import { isOfficeOf } from '../network/network.access.js';
import { ownNetwork } from '../network/own-network.query.js';
import type { Contact } from '../partner/contact.rules.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { ServiceStatus } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { columnsOf, entitiesOf, rowsOf, sql, verbatim } from '../shared/sql.js';
import { Team } from '../team/team.entity.js';
import type { TrainingTopic } from '../training/training-topic.entity.js';
import { topicsOf } from '../training/training-topics.query.js';
import type { WhoKnowsArgs } from './knowledge.inputs.js';
import { contactsToAsk, MOST_ASKED, type Reachable } from './knowledge.rules.js';
import type { ServiceWhoKnows, TeamWhoKnows, WhoKnows } from './knowledge.types.js';
import { knownBy } from './team-knowledge.query.js';

/** BAD_USER_INPUT for a network that is not the viewer's, unknown codes, and for need and topic at once or neither. */
export async function whoKnows(ctx: Context, { network: slug, need, topic }: WhoKnowsArgs): Promise<WhoKnows> {
  if ((need == null) === (topic == null)) throw badInput('need', 'Ask for a need or for a topic.');
  const network = await ownNetwork(ctx, slug, 'network');
  if (need != null) await knownNeeds(ctx, [need], 'need');
  const about = await topicsOf(ctx, topic == null ? null : [topic], 'topic');
  const topics = need == null ? about : about.filter(({ needs }) => needs.includes(need));
  const needs = need == null ? topics.flatMap(one => one.needs) : [need];
  return {
    topics,
    teams: await teamsWhoKnow(ctx, network.id, topics, isOfficeOf(ctx.viewer, network.id)),
    services: await servicesWhoKnow(ctx, network.id, needs),
  };
}

/**
 * Teams of which somebody knows, or that name somebody to ask; three statements at most.
 *
 * @param measured whether it is told how many know, and the teams come in that order; else those come first that name
 * somebody, by name, so that the order tells nothing of it either
 */
export async function teamsWhoKnow(
  { em, now, loaders }: Pick<Context, 'em' | 'now' | 'loaders'>,
  networkId: string,
  topics: readonly TrainingTopic[],
  measured: boolean,
): Promise<TeamWhoKnows[]> {
  const codes = topics.map(({ code }) => code);
  if (codes.length === 0) return [];
  const there = sql`t.network_id = ${networkId} and t.dissolved_on is null`;
  const most = sql`max(greatest(known.trained, known.declared, known.used))`;
  const names = sql`exists (select from team_contact c where c.team_id = known.team and c.topics && ${codes}::text[])`;
  const order = measured ? sql`${most}::float8 / nullif(known.staff, 0) desc nulls last, 3 desc` : sql`${names} desc`;
  const best = await rowsOf<{ team: string; knows: number; staff: number }>(
    em,
    sql`select known.team, known.staff, ${most}::int as knows
        from (${knownBy(there, codes, berlinDay(now))}) known join team named on named.id = known.team
        group by known.team, known.staff, named.name
        having ${most} > 0 or ${names}
        order by ${order}, named.name, known.team
        limit ${verbatim(String(MOST_ASKED))}`,
  );
  const teams = new Map((await em.find(Team, { id: { $in: best.map(({ team }) => team) } })).map(one => [one.id, one]));
  const contacts = await loaders.contactsOfTeam.loadMany(best.map(({ team }) => team));
  return best.map(({ team, knows, staff }, i) => {
    const own = contacts[i]!;
    if (own instanceof Error) throw own;
    const fitting = own.filter(contact => contact.topics.some(code => codes.includes(code)));
    return {
      team: teams.get(team)!,
      knows: measured ? knows : null,
      share: measured && staff > 0 ? knows / staff : null,
      contacts: fitting.length > 0 ? fitting : own.filter(contact => contact.topics.length === 0),
    };
  });
}

/**
 * Active services of the network that are made for one of the needs, with whom to ask there: those that are made for the
 * fewest needs first, since they know most of it. Two statements.
 */
export async function servicesWhoKnow(
  { em }: Pick<Context, 'em'>,
  networkId: string,
  needs: readonly string[],
): Promise<ServiceWhoKnows[]> {
  const services = await entitiesOf(
    em,
    Service,
    sql`select ${columnsOf(em, Service, 's')} from service s
        where s.network_id = ${networkId} and s.status = ${ServiceStatus.ACTIVE} and ${ofPublishedPartner(sql`s.partner_id`)}
          and exists (select from service_need sn where sn.service_id = s.id and sn.need_code = any(${needs}::text[]))
        order by (select count(*) from service_need made where made.service_id = s.id), s.confirmed_at desc nulls last, s.name, s.id limit ${verbatim(String(MOST_ASKED))}`,
  );
  const partners = await em.find(Partner, { id: { $in: services.map(({ partner }) => partner.id) } });
  const byId = new Map(partners.map(partner => [partner.id, partner]));
  return services.map(service => {
    const partner = byId.get(service.partner.id)!;
    return { service, partner, contacts: contactsToAsk(reachable(service), reachable(partner)) };
  });
}

const reachable = ({ phone = null, email = null, contacts }: Service | Partner): Reachable => ({
  phone,
  email,
  contacts: contacts as unknown as readonly Contact[],
});
