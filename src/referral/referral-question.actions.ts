import type { EntityManager } from '@mikro-orm/postgresql';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import type { Referral } from './referral.entity.js';
import { ReferralQuestion } from './referral-question.entity.js';

/** Characters of a question, and of an answer. */
export const MOST_WORDS = 2000;

export function askQuestion(tx: EntityManager, referral: Referral, text: string, now: Date): void {
  checkWords(text, 'question', 'Bitte eine Frage stellen.');
  const { network, partner } = referral;
  tx.create(ReferralQuestion, { referral, network, partner, text, askedAt: now, answer: null, answeredAt: null });
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
