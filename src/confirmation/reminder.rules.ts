/** Months without a confirmation after which somebody is reminded; the coordination of the last. */
export const REMINDER_MONTHS = [6, 12] as const;

export const COORDINATOR_MONTHS = 12;
