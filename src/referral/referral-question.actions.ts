import type { EntityManager } from '@mikro-orm/postgresql';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import type { Referral } from './referral.entity.js';
import { ReferralQuestion } from './referral-question.entity.js';

/** Characters of a question, and of an answer. */
export const MOST_WORDS = 2000;

export async function askQuestion(tx: EntityManager, referral: Referral, text: string, now: Date): Promise<void> {
  checkWords(text, 'question', 'Bitte eine Frage stellen.');
  const { network, partner } = referral;
  const askedAt = await afterTheLast(tx, referral, now);
  tx.create(ReferralQuestion, { referral, network, partner, text, askedAt, answer: null, answeredAt: null });
}

/** Questions are told in their order, also when two fall into one millisecond. */
async function afterTheLast(tx: EntityManager, referral: Referral, now: Date): Promise<Date> {
  const [last] = await tx.find(ReferralQuestion, { referral: referral.id }, { orderBy: { askedAt: 'desc' }, limit: 1 });
  return last && last.askedAt >= now ? new Date(last.askedAt.getTime() + 1) : now;
}

/** Answers the question that is open. */
export async function answerQuestion(tx: EntityManager, referral: Referral, answer: string, now: Date): Promise<void> {
  checkWords(answer, 'answer', 'Bitte eine Antwort geben.');
  const open = await tx.find(ReferralQuestion, { referral: referral.id, answeredAt: null });
  for (const question of open) Object.assign(question, { answer, answeredAt: now });
}

function checkWords(text: string, path: string, message: string): void {
  if (text.trim() === '') throw new Refusal(UserErrorCode.INVALID_INPUT, message, [path]);
}
