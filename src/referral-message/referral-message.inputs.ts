import { connectionOf } from '../shared/connection.js';
import { ReferralMessage } from './referral-message.entity.js';

export const ReferralMessageConnection = connectionOf(ReferralMessage, 'referralMessages');
export type ReferralMessageConnection = InstanceType<typeof ReferralMessageConnection>;
