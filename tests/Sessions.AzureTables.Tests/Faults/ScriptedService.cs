using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Sessions.Table;

namespace Sessions.AzureTables.Tests.Faults;

/// <summary>A table service that answers what a test wants it to, whatever it is asked; null is never.</summary>
internal sealed class ScriptedService(Func<HttpRequestMessage, HttpResponseMessage?> answer) : HttpMessageHandler
{
    private const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=any;AccountKey=YW55;TableEndpoint=http://127.0.0.1:1/any;";
    private const string Json = "application/json;odata=minimalmetadata";

    public int Requests { get; private set; }

    public static ScriptedService Answering(int status, string type, string body) => new(_ => Answer(status, type, body));

    public static HttpResponseMessage Error(int status, string? code) => Answer(status, Json, ErrorBody(code, "no matter"));

    public static HttpResponseMessage Answer(int status, string type, string body)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }

    /// <summary>A batch's answer: 202 around the answer of one operation, which is how the service refuses all of them.</summary>
    public static HttpResponseMessage BatchError(int status, string? code, int index) => Answer(
        202,
        "multipart/mixed; boundary=batchresponse_1",
        string.Join("\r\n",
            "--batchresponse_1",
            "Content-Type: multipart/mixed; boundary=changesetresponse_1",
            "",
            "--changesetresponse_1",
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            "",
            $"HTTP/1.1 {status} Some reason",
            $"Content-Type: {Json}",
            "",
            ErrorBody(code, $"{index}:no matter"),
            "--changesetresponse_1--",
            "--batchresponse_1--",
            ""));

    /// <summary>A table at this service, whose client asks once.</summary>
    public ITable Table() => Table(TimeProvider.System, retries: 0);

    /// <summary>A table at this service, whose calls are timed by this clock. The waits between retries aren't.</summary>
    public ITable Table(TimeProvider time, int? retries = null)
    {
        var options = TableConnection.InteractiveOptions();
        options.Retry.MaxRetries = retries ?? options.Retry.MaxRetries;
        options.Transport = new HttpClientTransport(this);
        return new AzureTable(new TableConnection { ConnectionString = Nowhere, Table = "any" }.CreateClient(options), time);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        var answered = answer(request);
        if (answered is null)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        answered!.RequestMessage = request;
        return answered;
    }

    private static string ErrorBody(string? code, string message) => code is null
        ? ""
        : $$$$"""{"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"{{{{message}}}}"}}}""";
}
