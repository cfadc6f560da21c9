import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { latestDayOf } from '../shared/newest-first.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { FrameworkAgreement } from './framework-agreement.entity.js';
import { FrameworkAgreementConnection } from './framework-agreement.inputs.js';

const AGREEMENTS = latestDayOf(FrameworkAgreement, 'framework_agreement', 'concluded_on');

/** All of them, the latest first; for everybody. */
export async function agreementPage(ctx: Context, args: PageArgs): Promise<FrameworkAgreementConnection> {
  const page = pageOf(args, ctx.secrets, FrameworkAgreementConnection.list);
  return FrameworkAgreementConnection.of(ctx.secrets, {
    rows: await listPage(ctx.em, AGREEMENTS, [], page),
    page,
    position: ({ concludedOn, id }) => [concludedOn, id],
    count: () => countOf(ctx.em, AGREEMENTS, []),
  });
}

/** Null where there is none. */
export const findAgreement = async ({ em }: Context, id: string): Promise<FrameworkAgreement | null> =>
  isId(id) ? em.findOne(FrameworkAgreement, { id }) : null;
