/** SQL: services whose counters do not agree with the referrals that they count. */
export const UNBALANCED = `
  select * from (
    select c.service_id, c.reserved, c.waitlisted,
      (select count(*) from referral r where r.service_id = c.service_id and r.holds_place) as holders,
      (select count(*) from referral r where r.service_id = c.service_id and r.status = 'WAITLISTED') as waiting,
      (select count(*) from service_waiting w where w.service_id = c.service_id and w.left_at is null) as places_in_line
    from service_capacity c) as counts
  where reserved <> holders or waitlisted <> waiting or waiting <> places_in_line`;
