import type { operations } from "./api.gen.js";

/** Names of the operations, such as createFolder. */
export type OperationName = keyof operations;

type Parameters<K extends OperationName> = operations[K]["parameters"];
type Content<K extends OperationName> = operations[K] extends { requestBody?: { content: infer C } } ? C : never;
type JSONBody<K extends OperationName> = Content<K> extends { "application/json": infer B } ? B : never;
type Form<K extends OperationName> = Content<K> extends { "multipart/form-data": infer F } ? F : never;
type Payload<K extends OperationName> = Form<K> extends { payload?: infer P } ? Exclude<P, undefined> : never;

/** Files by the name of their part, and what the payload says about them. */
export interface Upload<P> {
  files: Readonly<Record<string, Blob>>;
  payload?: P;
}

type Only<Name extends string, T> = [T] extends [never] ? unknown : T extends undefined ? unknown : { [N in Name]: T };
type Perhaps<Name extends string, T> = [T] extends [never] ? unknown : { [N in Name]?: Exclude<T, undefined> };

type PathPart<K extends OperationName> = Parameters<K> extends { path: infer P } ? Only<"path", P> : unknown;
type QueryPart<K extends OperationName> = Parameters<K> extends { query?: infer Q } ? Perhaps<"query", Q> : unknown;
type BodyPart<K extends OperationName> = Perhaps<"body", JSONBody<K>>;
type UploadPart<K extends OperationName> = [Form<K>] extends [never] ? unknown : { upload?: Upload<Payload<K>> };

/** What a call takes: path, query, and a body in JSON or an upload. */
export type Input<K extends OperationName> = PathPart<K> & QueryPart<K> & BodyPart<K> & UploadPart<K> & { signal?: AbortSignal };

type Success<K extends OperationName> = operations[K]["responses"] extends { 201: infer R } ? R : operations[K]["responses"] extends { 200: infer R } ? R : never;

/** What a call answers: JSON as its type, a file as a Blob. */
export type Output<K extends OperationName> = Success<K> extends { content: { "application/json": infer J } } ? J : Blob;
