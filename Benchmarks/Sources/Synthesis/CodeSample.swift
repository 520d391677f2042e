/// A block of code as bodies show it.
struct CodeSample {
  /// The language after the fence.
  let language: String
  let lines: [Phrase]

  static let all = [
    CodeSample(
      language: "sh",
      lines: [
        "systemctl status \(.word).service", "journalctl -u \(.word) --since \"\(.number) min ago\" | grep -i error",
      ]),
    CodeSample(
      language: "sh",
      lines: [
        "ping -c 4 \(.host)", "traceroute \(.host)",
        "curl -sS -o /dev/null -w '%{http_code}' https://\(.host).example/",
      ]),
    CodeSample(
      language: "powershell",
      lines: [
        "Get-Service -Name \(.word) -ComputerName \(.host)", "Restart-Service -Name \(.word)",
        "Get-EventLog -LogName System -Newest \(.number)",
      ]),
    CodeSample(
      language: "sql",
      lines: [
        "SELECT state, count(*)", "FROM \(.word)_jobs", "WHERE started_at < now() - interval '\(.number) minutes'",
        "GROUP BY state;",
      ]),
    CodeSample(
      language: "yaml",
      lines: [
        "\(.word):", "  host: \(.host)", "  interval: \(.number)m", "  targets:", "    - \(.host)", "    - \(.host)",
      ]),
    CodeSample(
      language: "text",
      lines: [
        "\(.time):07 \(.host) \(.word)[\(.number)]: connection lost, retry in \(.number) s",
        "\(.time):41 \(.host) \(.word)[\(.number)]: giving up",
      ]),
    CodeSample(
      language: "sh", lines: ["rsync -a --delete /srv/\(.word)/ \(.host):/srv/\(.word)/", "df -h /srv/\(.word)"]),
  ]
}
