import { Migration } from '@mikro-orm/migrations';

/** A limit with a wrong name or number stopped every step of its network: it is refused where it is set. */
const NAMES = [
  'acknowledgeWorkingDays',
  'decideWorkingDays',
  'answerWorkingDays',
  'remindWorkingDays',
  'remindUrgentWorkingDays',
  'expireDays',
  'expireUrgentDays',
  'expireReceivedWorkingDays',
  'startWorkingDays',
  'reconfirmDays',
  'progressDays',
  'holdDays',
  'resumeWorkingDays',
  'graceDays',
  'errorDays',
  'reopenDays',
  'followUpWorkingDays',
  'followUpCorrectionDays',
  'lineageDepth',
];

const SOUND = `case when jsonb_typeof(referral_limits) = 'object' then
  referral_limits - '{${NAMES}}'::text[] = '{}'
  and not jsonb_path_exists(referral_limits, 'strict $.* ? (!(@.type() == "number" && @ >= 1 && @ <= 3660 && @.floor() == @))')
  else referral_limits is null end`;

export class Migration20261122171000_SoundLimits extends Migration {
  override up(): void {
    this.addSql(`alter table "network" add constraint "network_referral_limits_sound" check (${SOUND})`);
  }
}
