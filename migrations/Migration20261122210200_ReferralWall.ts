import { Migration } from '@mikro-orm/migrations';

/** What is told to the partner to whom a case was referred, whose network may be another one than the case's. */
const TOLD = [
  'availability_question',
  'availability_request',
  'funding_decision',
  'referral',
  'referral_appointment',
  'referral_disclosure',
  'referral_event',
  'referral_message',
  'referral_notice',
  'referral_question',
];

const among = (variable: string): string =>
  `network_id = any ((select string_to_array(nullif(current_setting('${variable}', true), ''), ',')::uuid[])::uuid[])`;

/** The wall opens there for the partners whom a network shared, and nowhere else. */
export class Migration20261122210200_ReferralWall extends Migration {
  override up(): void {
    for (const table of TOLD)
      this.addSql(`alter policy "network_wall" on "${table}" using (
        (select nullif(current_setting('app.system', true), '')) = 'on'
        or ${among('app.networks')} or ${among('app.referred_from')})`);
  }
}
