import type pg from 'pg';
import { EXACTLY_FREE, EXACTLY_WAITING, FREE, PUBLISHED_STATUSES, WAITING } from './answer-json.sql.js';

/**
 * What PostGraphile and mercurius are given: views that keep to the hub's rules of who sees what, beside the hub's own
 * schema. Smart tags tell PostGraphile what views cannot: keys and who belongs to whom.
 */
const VIEWS = `
  create schema bench_peer;
  grant usage on schema bench_peer to hub_app;

  create view bench_peer.network as select id, slug from network;
  create view bench_peer.partner as select id, network_id, name, kinds from partner where status = 'ACTIVE';
  create view bench_peer.location as select l.id, l.partner_id, l.name, l.city,
      case when not address_protected and longitude is not null then latitude end as latitude,
      case when not address_protected and latitude is not null then longitude end as longitude
    from location l where l.status = 'ACTIVE';
  create view bench_peer.offer as select s.id, s.partner_id, s.name, s.feedback_level, s.places_rounded_since
    from service s where s.status = any(${PUBLISHED_STATUSES});
  create view bench_peer.service as select s.id, s.partner_id, s.name from service s
    where exists (select from partner p where p.id = s.partner_id and p.status = 'ACTIVE');
  create view bench_peer.category as select code, name_de as name, position from category;
  create view bench_peer.service_category as select sc.service_id, sc.category_code, c.name_de as name, c.position
    from service_category sc join category c on c.code = sc.category_code;
  create view bench_peer.capacity as select k.service_id, k.total, ${FREE} as free, ${WAITING} as waiting
    from service_capacity k join service s on s.id = k.service_id where k.reported_at is not null;
  create view bench_peer.referral with (security_invoker) as
    select r.id, r.client_case_id, r.service_id, r.partner_id, r.seen_status as status, r.urgent, r.created_at, r.seen_respond_by as respond_by
    from referral r where exists (select from client_case c where c.id = r.client_case_id
      and c.network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[])
      and (c.assigned_to_id = (select nullif(current_setting('app.account', true), '')::uuid)
        or c.deputy_id = (select nullif(current_setting('app.account', true), '')::uuid)));
  create view bench_peer.client_case with (security_invoker) as select id, reference, status from client_case;
  create view bench_peer.named_service as select id, name from service;
  create view bench_peer.named_partner as select id, name from partner;

  create type bench_peer.reported as (service_id uuid, total int, free int, waiting int);
  create function bench_peer.report_capacity(service uuid, total int, occupied_elsewhere int, waiting int, expected_wait_days int)
    returns bench_peer.reported language plpgsql volatile as $$
  declare k service_capacity; before service_capacity; answer bench_peer.reported;
  begin
    perform from service s where s.id = service
      and s.partner_id = any (string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[]);
    if not found then raise exception 'There is no such service, or she does not edit it.'; end if;
    insert into service_capacity (service_id) values (service) on conflict do nothing;
    select * into before from service_capacity c where c.service_id = service for update;
    update service_capacity c set total = report_capacity.total, occupied_elsewhere = coalesce(report_capacity.occupied_elsewhere, 0),
      reported_waiting = report_capacity.waiting, expected_wait_days = report_capacity.expected_wait_days,
      reported_at = current_setting('app.now')::timestamptz where c.service_id = service returning * into k;
    if greatest(0, k.total - k.reserved - k.occupied_elsewhere) > greatest(0, before.total - before.reserved - before.occupied_elsewhere)
      and exists (select from service_waiting w where w.service_id = service and w.left_at is null)
      then raise exception 'Somebody waits there: generated data has nobody who does.'; end if;
    answer := (k.service_id, k.total, ${EXACTLY_FREE}, ${EXACTLY_WAITING});
    return answer;
  end $$;

  grant select on all tables in schema bench_peer to hub_app;

  comment on view bench_peer.network is E'@primaryKey id\\n@unique slug';
  comment on view bench_peer.partner is E'@primaryKey id\\n@foreignKey (network_id) references bench_peer.network (id)';
  comment on view bench_peer.location is E'@primaryKey id\\n@foreignKey (partner_id) references bench_peer.partner (id)';
  comment on view bench_peer.offer is E'@primaryKey id\\n@foreignKey (partner_id) references bench_peer.partner (id)';
  comment on view bench_peer.service is E'@primaryKey id';
  comment on view bench_peer.service_category is E'@primaryKey service_id,category_code\\n@foreignKey (service_id) references bench_peer.offer (id)';
  comment on view bench_peer.capacity is E'@primaryKey service_id\\n@foreignKey (service_id) references bench_peer.offer (id)';
  comment on view bench_peer.named_service is E'@primaryKey id';
  comment on view bench_peer.named_partner is E'@primaryKey id';
  comment on view bench_peer.client_case is E'@primaryKey id';
  comment on view bench_peer.referral is E'@primaryKey id
@foreignKey (client_case_id) references bench_peer.client_case (id)
@foreignKey (service_id) references bench_peer.named_service (id)
@foreignKey (partner_id) references bench_peer.named_partner (id)';
`;

/** Makes the peers' schema anew, as the owner. */
export async function makePeerSchema(client: pg.ClientBase): Promise<void> {
  await client.query(`begin; drop schema if exists bench_peer cascade; ${VIEWS} commit;`);
}
