Feature: A new release takes over without a gap
  Releasing is a daily event. No customer may notice it.

  Scenario: Every replica is replaced while customers are served
    Given customers send 50 requests a second
    When a release with another image, commit and currency is deployed
    Then every replica that ran before is gone
    And at least 2 replicas were ready at every moment
    And the new release answers and no request failed
