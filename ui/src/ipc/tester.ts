/** What the request tester asks of the shell: requests, the bodies of their answers, and what is saved of them. */
import type {
  AnswerRef,
  BodyForm,
  BodyHits,
  BodyImage,
  BodyLines,
  BodyRow,
  CheckedView,
  Comparison,
  ExchangeId,
  ExchangeView,
  FoldedBody,
  ImportedDocument,
  ImportedView,
  Request,
  RequestCode,
  RequestCodeForm,
  SavedFile,
  SavedRequest,
  SavedRequests,
  SavedView,
  SendRequestAnswer,
  ShownKept,
  TesterAnswer,
  TesterRequest,
} from "./types";

export interface TesterIpc {
  tester_send(call: TesterRequest): Promise<TesterAnswer>;
  tester_cancel(call: { turn: number }): Promise<void>;
  tester_preview(call: TesterRequest): Promise<SendRequestAnswer>;
  follow_redirect(call: { reference: string; ticket: number; turn: number }): Promise<TesterAnswer>;
  run_checks(call: { reference: string | null; confirmed: boolean }): Promise<CheckedView[]>;
  import_curl(call: { text: string }): Promise<ImportedView>;
  import_document(call: { text: string; base: string | null }): Promise<ImportedDocument>;
  request_code(call: { call: TesterRequest; form: RequestCodeForm }): Promise<RequestCode>;
  request_variables(call: { request: Request }): Promise<string[]>;
  body_lines(call: {
    body: number;
    form: BodyForm;
    from: number;
    count: number;
  }): Promise<BodyLines>;
  body_fold(call: {
    body: number;
    form: BodyForm;
    line: number | null;
    closed: boolean;
  }): Promise<FoldedBody>;
  body_search(call: {
    body: number;
    form: BodyForm;
    text: string;
    case: boolean;
  }): Promise<BodyHits>;
  body_show(call: { body: number; form: BodyForm; line: number }): Promise<BodyRow>;
  body_image(call: { body: number }): Promise<BodyImage>;
  body_save(call: { body: number; name: string }): Promise<SavedFile>;
  body_copy(call: { body: number }): Promise<void>;
  compare_answers(call: { left: AnswerRef; right: AnswerRef }): Promise<Comparison>;
  list_exchanges(call: { reference: string }): Promise<ExchangeView[]>;
  forget_exchanges(call: { reference: string; id: ExchangeId | null }): Promise<void>;
  show_kept(call: { reference: string; id: ExchangeId }): Promise<ShownKept>;
  list_saved(call: { reference: string }): Promise<SavedView[]>;
  save_request(call: {
    reference: string;
    saved: SavedRequest;
    replaces: string | null;
  }): Promise<SavedView[]>;
  save_requests(call: { reference: string; requests: SavedRequest[] }): Promise<SavedRequests>;
  remove_saved(call: { reference: string; name: string }): Promise<SavedView[]>;
}
