using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Health;

public abstract class HealthSuite(Storage storage) : ApiSuite(storage)
{
    [Theory]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    public async Task A_healthy_api_says_so_even_before_there_is_a_table(string path) =>
        Assert.Equal("""{"status":"ok"}""", (await Api.GetAsync(path)).Is(200).Body);

    [Fact]
    public async Task An_address_that_is_not_there_and_a_method_that_is_not_taken_are_problems_too()
    {
        (await Api.GetAsync("nowhere")).Is(404, "not-found");
        (await Api.GetAsync("sessions")).Is(405, "method-not-allowed");
        (await Api.SendAsync(new Request("DELETE", "sessions/current/data"))).Is(405, "method-not-allowed");
    }
}
