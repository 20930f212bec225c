"""Reads the report of Schemathesis and tells disagreements from named exceptions."""

import base64
import collections
import json
import re
import typing


class NamedException(typing.NamedTuple):
    """A disagreement that is right as it is."""

    check: str      # of Schemathesis
    operation: str  # regular expression, found in the operation
    shown: str      # regular expression, found in what is shown: of what was accepted message and request, else status and answer
    why: str


REFUSED, ACCEPTED = "positive_data_acceptance", "negative_data_rejection"
EXCEPTIONS = [
    NamedException("ensure_resource_availability|use_after_free", r"/meta_data$", r"", "metadata answers {} after its deletion: the object that bears it goes on"),
    # What depends on other objects, or on other fields of the request, no schema can say.
    NamedException(REFUSED, r"(POST|PATCH) /api/users", r"A user of type \w+ (needs a company|belongs to no company|cannot have is_)", "role and company of a user go together"),
    NamedException(REFUSED, r"(POST|PATCH) /api/users", r"A user with this e-mail already exists", "an e-mail belongs to one user"),
    NamedException(REFUSED, r"/api/authorize/service_token", r"no active service account", "only service accounts have service tokens"),
    NamedException(REFUSED, r"PATCH /api/companies", r"key_path name", "a change of a company changes something"),
    NamedException(REFUSED, r"(POST|PATCH) /api/companies", r"are allowed here, not ", "a company is no laxer than its installation, whose limits depend on its models and settings"),
    NamedException(REFUSED, r"/(analyses|media|images)$|POST /api/(instant/)?folders$", r"At least two media are needed for BIOMETRY|threshold_min .*must not be above threshold_max|Analyses of type COLLECTION need stored folders",
                   "an order must suit the media of the folder, and its thresholds each other"),
    NamedException(REFUSED, r"^POST .*/(folders|media|images)$", r"is named by the payload, but has no file name and is no media", "which parts are files, no schema can say"),
    NamedException(REFUSED, r"^POST .*/(media|images)$", r"Too many files in one folder, at most 10", "how many files a folder has already, no schema can say"),
    NamedException(REFUSED, r"^POST .*/(persons|images)$", r"No face was found\.|Лицо не найдено", "what a photo shows, no schema can say"),
    NamedException(REFUSED, r"/folders|/analyses|/captures/links", r"Invalid resolution_endpoint, its address is not public", "a webhook must have an address that is public"),
    NamedException(REFUSED, r"POST /api/(instant/)?folders$", r'"error_code": 1[34],', "a container, and any token, must be of a session that was drawn and is not used"),
    NamedException(REFUSED, r"^POST /api/folders$", r"the query and the payload name different ones", "one webhook is told of a folder"),
    NamedException(REFUSED, r"^POST /api/(authorize/session_token|captures/links)$", r"Either actions or draw, not both|want photos only, since gestures are drawn", "gestures are named or drawn"),
    NamedException(REFUSED, r"POST /api/instant/folders", r"No analysis was ordered", "an empty payload orders nothing"),
    NamedException("status_code_conformance", r"^GET ", r"HTTP 431", "a line of the request over 1 MiB is refused before it is read"),
    # Old clients send these; they are understood and not recommended.
    NamedException(ACCEPTED, r"", r"(?s)(not matching the 'uuid' format|violates `format` at \S*_id).*_id(=|\": *\")(&|\"| |$)", "an empty identifier is none"),
    NamedException(ACCEPTED, r"", r'resolution_endpoint(": *""|=(&| |$))', "an empty address is none"),
    NamedException(ACCEPTED, r"^GET ", r"[?&][\w.]+=(1|0|y|n|t|f|yes|no|on|off)(&| |$)", "1, yes and on are true"),
    NamedException(ACCEPTED, r"^POST ", r"in body - violates .*`propertyNames`", "a part of a form may have any name; texts that are no payload are ignored"),
    # What Schemathesis gets wrong.
    NamedException("ensure_resource_availability", r"^POST /api/folders$", r"(Collection|Media|Report template) not found", "the 404 is about what the request names, not about the folder"),
]


# The settings of each type of analysis. An order may carry those of other types, as old
# clients do; they are ignored, whatever they hold.
SETTINGS = {
    "extract_best_shot": "QUALITY", "threshold_spoofing": "QUALITY",
    "threshold_min": "BIOMETRY", "threshold_max": "BIOMETRY",
    "decision_threshold": "COLLECTION", "decision_count": "COLLECTION", "collection_id": "COLLECTION",
    "capabilities": "DOCUMENTS",
}
FOREIGN = "settings of another type than the ordered one are ignored"


def foreign(message, body):
    """Tells whether the wrong setting is one that no ordered analysis has."""
    wrong = set(re.findall(r"\b(" + "|".join(SETTINGS) + r")\b", message))
    held = set()
    for order in orders(body):
        settings = {**order, **(order.get("params") or {})}
        held |= {name for name in wrong & settings.keys() if order.get("type") == SETTINGS[name]}
    return bool(wrong) and "analyses" in message and not held


def hollow(message, body):
    """Tells whether all that is wrong lies in what is not there: Schemathesis broke what it then left out."""
    places = re.findall(r" at (/\S+)", message)
    absent = [part for part, there in (("/analyses/items/", orders(body)), ("/media:meta_data/additionalProperties", named(body))) if not there]
    return bool(places) and all(any(part in place for part in absent) for place in places)


def orders(body):
    """The analyses that a body orders, as JSON or in the payload of a form."""
    return [order for order in content(body).get("analyses") or [] if isinstance(order, dict)]


def named(body):
    """The metadata of media that a body holds, by name."""
    return content(body).get("media:meta_data")


def content(body):
    """The object that a body is, or the payload of a form; an empty one where it is neither."""
    payload = re.search(r'name="payload"\r\nContent-Type: application/json\r\n\r\n(.*?)\r\n--', body, re.DOTALL)
    try:
        found = json.loads(payload.group(1) if payload else body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class Finding(typing.NamedTuple):
    """One kind of disagreement at one operation."""

    operation: str
    check: str
    status: int
    message: str
    why: str  # of a named exception, else empty


class Findings:
    """What a run has shown."""

    def __init__(self):
        self.cases = 0
        self.answers = collections.Counter()   # by status
        self.named = collections.Counter()     # findings that are exceptions
        self.open = {}                         # other findings, with the request that shows each
        self.counts = collections.Counter()

    def add(self, finding, request):
        self.counts[finding] += 1
        if finding.why:
            self.named[finding.why] += 1
        else:
            self.open.setdefault(finding, request)

    def table(self):
        broken = sum(n for status, n in self.answers.items() if status >= 500 and status != 501)
        kinds = collections.Counter(f.check for f in self.open)
        lines = [
            f"cases                 {self.cases}",
            "answers               " + ", ".join(f"{status}: {n}" for status, n in sorted(self.answers.items())),
            f"5xx                   {broken}",
            f"undocumented answers  {kinds['status_code_conformance']}",
            f"disagreements         {len(self.open)}" + "".join(f"\n  {check:<28}{n}" for check, n in sorted(kinds.items())),
            f"named exceptions      {sum(self.named.values())}" + "".join(f"\n  {n:>5} {why}" for why, n in self.named.items()),
        ]
        for f, request in sorted(self.open.items()):
            lines += ["", f"{f.operation}: {f.check} ({self.counts[f]} cases)", f"  {f.status} {f.message}", f"  {request}"]
        return "\n".join(lines)


def read(report):
    """Reads a report of events, one a line."""
    found = Findings()
    with open(report, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line).get("ScenarioFinished")
            if event and event.get("recorder"):
                scenario(found, event["recorder"])
    return found


def scenario(found, recorder):
    interactions = recorder.get("interactions", {})
    found.cases += len(interactions)
    for interaction in interactions.values():
        found.answers[(interaction["response"] or {}).get("status_code", 0)] += 1
    for case, checks in recorder.get("checks", {}).items():
        for check in checks:
            if check["status"] == "failure":
                failure = check["failure_info"]["failure"]
                found.add(*judged(failure["operation"] or recorder["label"], check["name"], failure["message"], interactions[case]))


def judged(operation, check, message, interaction):
    answer = interaction["response"] or {}
    content = text(answer.get("content"))
    request = interaction["request"]
    sent = f"{request['method']} {request['uri']} {text(request.get('body'))}"
    shown = f"{message} {sent}" if check == ACCEPTED else f"HTTP {answer.get('status_code')} {content}"
    why = next((e.why for e in EXCEPTIONS if re.fullmatch(e.check, check) and re.search(e.operation, operation) and re.search(e.shown, shown)), "")
    if check == ACCEPTED and foreign(message, text(request.get("body"))):
        why = FOREIGN
    if check == ACCEPTED and hollow(message, text(request.get("body"))):
        why = "what is null, empty or left out holds nothing that could be wrong"
    if check == REFUSED:
        message = content
    return Finding(operation, check, answer.get("status_code", 0), " ".join(message.split())[:300], why), sent[:600]


def text(content):
    if not content:
        return ""
    return base64.b64decode(content["$base64"]).decode("utf-8", "backslashreplace")
