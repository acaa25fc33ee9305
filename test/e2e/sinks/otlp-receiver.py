"""Takes OTLP logs over HTTP, reads them with OpenTelemetry's own definitions, and keeps them in a file.

What came, as it was sent, is in another file beside it, which ends in `.raw`.

Arguments: port, file, and the value that `authorization` must have.
"""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)

PORT, FILE, AUTHORIZATION = int(sys.argv[1]), sys.argv[2], sys.argv[3]


def lines(request):
    for resource_logs in request.resource_logs:
        for scope_logs in resource_logs.scope_logs:
            for record in scope_logs.log_records:
                attributes = {each.key: each.value for each in record.attributes}
                yield json.dumps(
                    {
                        "id": attributes["ambit.record.id"].string_value,
                        "sequence": attributes["ambit.record.sequence"].int_value,
                        "json": record.body.string_value,
                        "time": record.time_unix_nano,
                        "event": record.event_name,
                        "resource": {
                            each.key: each.value.string_value
                            for each in resource_logs.resource.attributes
                        },
                    }
                )


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        text = self.rfile.read(int(self.headers["content-length"]))
        if self.headers["authorization"] != AUTHORIZATION:
            return self.answer(401, "wrong: " + str(self.headers["authorization"]))
        if self.path != "/v1/logs" or self.headers["content-type"] != "application/json":
            return self.answer(404, "")
        # Refuses every field that the definitions do not know.
        request = json_format.Parse(text, ExportLogsServiceRequest())
        with open(FILE + ".raw", "ab") as file:
            file.write(text)
        with open(FILE, "a") as file:
            file.write("".join(line + "\n" for line in lines(request)))
            file.flush()
            os.fsync(file.fileno())
        return self.answer(200, json_format.MessageToJson(ExportLogsServiceResponse()))

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


ThreadingHTTPServer(("127.0.0.1", PORT), Receiver).serve_forever()
