import { LockMode } from '@mikro-orm/postgresql';
import { Need } from '../need/need.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { DemandShare } from './demand-share.entity.js';
import type { DemandShareInput } from './demand-share.inputs.js';
import { CODE_FORM } from './demand-share.rules.js';

const refuse = (field: keyof DemandShareInput, message: string): never => {
  throw new Refusal(UserErrorCode.INVALID_INPUT, message, ['input', field]);
};

/** Writes a share, or puts it in place of the one with its code; INVALID_INPUT, VERSION_CONFLICT. Returns the code. */
export function recordShare(ctx: Context, input: DemandShareInput, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    checkWords(input);
    if (!(input.share > 0 && input.share <= 1)) refuse('share', 'Ein Anteil liegt über 0 und höchstens bei 1.');
    if (input.asOf > berlinDay(ctx.now)) refuse('asOf', 'Der Stand liegt in der Zukunft.');
    const needs = [...new Set(input.needs ?? [])].sort();
    if ((await tx.count(Need, { code: { $in: needs } })) < needs.length)
      refuse('needs', 'Diesen Bedarf gibt es nicht.');
    // Two that write the same new code at once: the second finds that of the first.
    await oneAtATime(tx, `demand_share ${input.code}`);
    const { code, nameDe, nameEn, share, source, asOf } = input;
    const values = { nameDe, nameEn, share, isFloor: input.isFloor ?? false, needs, source, asOf };
    const stored = await tx.findOne(DemandShare, { code }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (stored) {
      checkVersion(expectedVersion, stored.version);
      tx.assign(stored, values);
    } else tx.create(DemandShare, { code, ...values });
    return code;
  });
}

function checkWords({ code, nameDe, nameEn, source }: DemandShareInput): void {
  if (!CODE_FORM.test(code)) refuse('code', 'Ein Schlüssel besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.');
  for (const [field, text] of Object.entries({ nameDe, nameEn, source }))
    if (text.trim() === '') refuse(field as keyof DemandShareInput, 'Das darf nicht leer sein.');
}
