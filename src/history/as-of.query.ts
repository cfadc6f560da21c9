import type { Location } from '../location/location.entity.js';
import { findLocation } from '../location/location.query.js';
import type { Partner } from '../partner/partner.entity.js';
import { findPartner } from '../partner/partner.query.js';
import { stoodFor } from '../record/record-owners.query.js';
import type { Service } from '../service/service.entity.js';
import { findService } from '../service/service.query.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';

/** Null where there is none that the viewer may see, and was none at that moment. No moment: as it is. */
export const partnerAsOf = (ctx: Context, id: string, asOf: Date | null | undefined): Promise<Partner | null> =>
  asOf == null
    ? findPartner(ctx, id)
    : then(ctx, id, asOf, async (records, key) => records.partner.load(await stoodFor(ctx.em, key, asOf)));

export const serviceAsOf = (ctx: Context, id: string, asOf: Date | null | undefined): Promise<Service | null> =>
  asOf == null ? findService(ctx, id) : then(ctx, id, asOf, (records, key) => records.service(key));

export const locationAsOf = (ctx: Context, id: string, asOf: Date | null | undefined): Promise<Location | null> =>
  asOf == null ? findLocation(ctx, id) : then(ctx, id, asOf, (records, key) => records.location(key));

async function then<T>(
  { loaders, now }: Context,
  id: string,
  asOf: Date,
  read: (records: ReturnType<Context['loaders']['past']>, id: string) => Promise<T | null>,
): Promise<T | null> {
  if (asOf > now) throw badInput('asOf', 'Nothing is known of what is yet to come.');
  return isId(id) ? read(loaders.past(asOf), id.toLowerCase()) : null;
}

/** What the API says of every `asOf`. */
export const AS_OF = {
  nullable: true,
  description:
    'As it was shown at that moment; null before it was made. What hangs on it is of then, too. Places are no part of the history and are null. An address that is protected, or was at any time since, is told of no moment.',
} as const;
