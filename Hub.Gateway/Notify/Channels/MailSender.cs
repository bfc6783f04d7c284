using System.Net;
using System.Net.Mail;
using System.Text;

namespace Hub.Gateway.Notify.Channels;

/// <summary>Letters by SMTP (RFC 5321), over STARTTLS; the message id is the same at every attempt.</summary>
internal sealed class MailSender(Channel channel, MailServer server, TimeSpan timeMax) : ISender
{
    /// <summary>The first of the answers that won't change by trying again (RFC 5321, 4.2.1).</summary>
    private const int PermanentFrom = 500;

    public int TextBytesMax => 256 * 1024;

    public async Task<SendAnswer> SendAsync(Letter letter, CancellationToken cancel)
    {
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.UsesTls,
            Credentials = server.User is { } user ? new NetworkCredential(user, server.Password) : null,
        };
        using var message = new MailMessage
        {
            From = new MailAddress(server.From),
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = letter.Text,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers["Message-ID"] = $"<{letter.Key}@{new MailAddress(server.From).Host}>";
        foreach (var address in channel.Addresses)
        {
            // Nobody learns from a letter who else gets it.
            message.Bcc.Add(address);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(timeMax);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return SendAnswer.Sent.It;
        }
        catch (SmtpFailedRecipientsException e) when (e.InnerExceptions.Length < channel.Addresses.Count)
        {
            // The others have it; sending it to them again would not help those who can't get it.
            return SendAnswer.Sent.It;
        }
        catch (SmtpException e) when ((int)e.StatusCode >= PermanentFrom)
        {
            return new SendAnswer.Refused($"{server.Host} refused it: {e.StatusCode}.");
        }
        catch (Exception e) when (
            e is SmtpException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new SendAnswer.TryAgain($"{server.Host} did not take it: {e.Message}");
        }
    }
}
