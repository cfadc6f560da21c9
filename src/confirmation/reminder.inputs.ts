import { connectionOf } from '../shared/connection.js';
import { RecordReminder } from './record-reminder.entity.js';

export const ReminderConnection = connectionOf(RecordReminder, 'reminders');
export type ReminderConnection = InstanceType<typeof ReminderConnection>;
