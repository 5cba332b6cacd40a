Feature: A bad release is stopped while the old one serves
  A release that cannot work must be found out by the platform, not by customers.

  Scenario Outline: A release that <flaw> is reported and costs no request
    Given customers send 50 requests a second
    When a release that <flaw> is deployed
    Then the deployment is reported as failed because of <cause>
    And every replica that ran before still serves
    And only the release under test answered and no request failed

    Examples:
      | flaw                             | cause                    |
      | crashes at its start             | an invalid QUOTES_CURRENCY |
      | never becomes ready              | its readiness            |
      | asks for an image that is nowhere | an image that cannot be had |
