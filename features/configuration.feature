@smoke
Feature: A stage configures the service
  The same image runs in every stage; only its settings differ, and they come from the stage.

  Scenario: The service knows its stage
    When the service is asked what it is
    Then it names the environment that its stage sets

  Scenario: Prices are in the currency of the stage
    When a customer in DE asks for the price of 1 x MUG-RED at 10.00
    Then the price is in the currency that its stage sets
