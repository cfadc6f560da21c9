import { GraphQLError, Kind } from 'graphql';
import { argumentOfNode, argumentPaths } from './document-arguments.js';

/** What is wrong with an argument, in words that do not repeat the value. */
export interface BadArgument {
  argument: string | undefined;
  message: string;
}

const VALUE_KINDS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

/** A literal in the document that does not fit its argument; null for any other fault of a document. */
export function badLiteral(error: GraphQLError): BadArgument | null {
  const node = error.nodes?.[0];
  if (!node || !VALUE_KINDS.has(node.kind)) return null;
  const missing = missingField(error.message);
  const argument = argumentOfNode(node);
  return { argument: join(argument, missing), message: inWords(error.message) };
}

/** The value of a variable that does not fit its type; `error` is what graphql-js says of it. */
export function badVariable(error: GraphQLError): BadArgument {
  const node = error.nodes?.[0];
  if (node?.kind !== Kind.VARIABLE_DEFINITION) return { argument: undefined, message: inWords(error.message) };
  const name = node.variable.name.value;
  const argument = (node.loc && argumentPaths(node.loc.source).variables.get(name)) ?? name;
  // "Variable "$x" got invalid value … at "x.a[0].b"; what is wrong": only its end is not in the hands of the caller.
  const reason = error.originalError?.message;
  if (reason === undefined || !error.message.endsWith(`; ${reason}`)) {
    return { argument, message: inWords(error.message) };
  }
  const before = error.message.slice(0, -reason.length - 2);
  const path = / at "[_A-Za-z]\w*((?:\.[_A-Za-z]\w*|\[\d+\])*)"$/.exec(before)?.[1] ?? '';
  const dotted = path.replace(/\[(\d+)\]/g, '.$1');
  return { argument: join(argument + dotted, missingField(reason)), message: inWords(reason) };
}

/** What graphql-js finds wrong only when it is about to call the resolver, such as a variable left out. */
export function badAtExecution(error: GraphQLError): BadArgument | null {
  const argument = /^Argument "([_A-Za-z]\w*)" (?:of (?:required|non-null) type|has invalid value) /.exec(
    error.message,
  );
  if (!argument || !(error.originalError === undefined || error.originalError instanceof GraphQLError)) return null;
  return { argument: argument[1], message: inWords(error.message) };
}

/** Sentences that speak of the schema alone: they can be told as they are. */
const HARMLESS = [
  /^Field "[\w.]+" of required type "[\w![\]]+" was not provided\.$/,
  /^Expected non-nullable type "[\w![\]]+" not to be null\.$/,
  /^Expected type "\w+" to be an object\.$/,
  /^Variable "\$\w+" of (?:required|non-null) type "[\w![\]]+" (?:was not provided|must not be null)\.$/,
  /^Argument "\w+" of (?:required|non-null) type "[\w![\]]+" (?:was not provided|must not be null)\.$/,
  /^(?:OneOf Input Object "\w+" must specify|Exactly one key must be specified for OneOf type "\w+")[\w ]*\.$/,
];

/** Where the other sentences name the type. */
const TYPE_NAMES = [
  /^Expected (?:value of )?type "([\w![\]]+)"/,
  /^(?:Enum )?"?(\w+)"? cannot represent/,
  /^Value ".*" does not exist in "(\w+)" enum/s,
  /\bis not a valid (\w+)\b/, // graphql-scalars
  /^Field ".*" is not defined by type "(\w+)"/s,
];

function inWords(sentence: string): string {
  if (HARMLESS.some(harmless => harmless.test(sentence))) return sentence;
  const type = TYPE_NAMES.map(name => name.exec(sentence)?.[1]).find(name => name !== undefined);
  if (/^Field ".*" is not defined by type/s.test(sentence)) return `${type} has no such field.`;
  if (/^Value ".*" does not exist in/s.test(sentence)) return `This is no value of ${type}.`;
  return type === undefined ? 'This value does not fit here.' : `This is no ${type}.`;
}

const missingField = (sentence: string): string | undefined =>
  /^Field "(?:\w+\.)?(\w+)" of required type "[\w![\]]+" was not provided\.$/.exec(sentence)?.[1];

function join(argument: string | undefined, field: string | undefined): string | undefined {
  if (field === undefined) return argument;
  return argument === undefined ? field : `${argument}.${field}`;
}
