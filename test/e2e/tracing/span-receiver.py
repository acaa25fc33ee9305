"""Takes OTLP spans over HTTP, in JSON or protobuf, reads them with OpenTelemetry's own definitions, and keeps them in a file.

Arguments: port and file.
"""

import base64
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

PORT, FILE = int(sys.argv[1]), sys.argv[2]
IDS = ("traceId", "spanId", "parentSpanId")


def with_bytes(value):
    """OTLP's JSON has ids in hexadecimal, where protobuf's own JSON has base64: takes them out, checked."""
    if isinstance(value, list):
        return [with_bytes(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: base64.b64encode(bytes.fromhex(part)).decode() if key in IDS else with_bytes(part)
        for key, part in value.items()
    }


def parsed(content_type, body):
    if content_type == "application/json":
        # Refuses every field that the definitions do not know.
        return json_format.ParseDict(with_bytes(json.loads(body)), ExportTraceServiceRequest())
    return ExportTraceServiceRequest.FromString(body)


def lines(request):
    for resource_spans in request.resource_spans:
        service = {a.key: a.value.string_value for a in resource_spans.resource.attributes}
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                yield json.dumps(
                    {
                        "service": service["service.name"],
                        "trace": span.trace_id.hex(),
                        "span": span.span_id.hex(),
                        "parent": span.parent_span_id.hex(),
                        "name": span.name,
                        "kind": span.kind,
                        "whole": str(span),
                    }
                )


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self):
        """Envoy sends its spans in chunks, which the library leaves to us."""
        if self.headers["content-length"] is not None:
            return self.rfile.read(int(self.headers["content-length"]))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def do_POST(self):
        encoding = self.headers["content-type"]
        request = parsed(encoding, self.body())
        with open(FILE, "a") as file:
            file.write("".join(line + "\n" for line in lines(request)))
        answer = b"{}" if encoding == "application/json" else b""
        self.send_response(200)
        self.send_header("content-type", encoding)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


ThreadingHTTPServer(("127.0.0.1", PORT), Receiver).serve_forever()
