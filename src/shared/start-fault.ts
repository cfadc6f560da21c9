/**
 * Something outside the program keeps it from starting or from doing what a command asks: a setting, a taken port, a
 * database out of reach. Its message is one clear line per fault, meant for the person at the terminal, without a stack.
 */
export class StartFault extends Error {
  override name = 'StartFault';
}
